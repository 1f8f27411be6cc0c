package dev.parley.batch;

import dev.parley.batch.BatchFigures.Outcome;
import dev.parley.gemini.failure.RestFailure;
import dev.parley.shared.failure.FailureKind;
import dev.parley.shared.failure.ParleyException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** One line for the end of a recording, loud where somebody has to act; never what was said or asked. One thread. */
final class BatchLog {
    private final Logger log;
    private final Clock clock;
    private final BatchFigures figures;
    private final Instant begin;
    private String what = "A recording";
    private boolean over;

    BatchLog(Logger log, Clock clock, BatchFigures figures) {
        this.log = log;
        this.clock = clock;
        this.figures = figures;
        figures.begun();
        begin = clock.instant();
    }

    void received(long bytes, String model, String key) {
        what = "A recording of " + bytes + " bytes (model " + model + ", key " + key + ")";
    }

    void answered() {
        count(Outcome.ANSWERED);
        write(Level.INFO, "was answered");
    }

    void left() {
        count(Outcome.LEFT);
        write(Level.INFO, "was given up: nobody waits for it any more");
    }

    void failed(ParleyException failure) {
        count(Outcome.FAILED);
        String details = failure instanceof RestFailure rest ? " [" + rest.details() + "]" : "";
        write(level(failure.kind()), "failed: " + failure.kind() + ", " + failure.getMessage() + details);
    }

    void broken(Throwable failure) {
        count(Outcome.BROKEN);
        log.log(Level.ERROR, what + " failed", failure);
    }

    /** What is said first of its end counts. */
    private void count(Outcome outcome) {
        if (!over) {
            over = true;
            figures.ended(outcome);
        }
    }

    private void write(Level level, String end) {
        log.log(
                level,
                () -> what + " " + end + ", after "
                        + Duration.between(begin, clock.instant()).toMillis() + " ms");
    }

    private static Level level(FailureKind kind) {
        return switch (kind.fault()) {
            case NOBODY, CALLER -> Level.INFO;
            case UPSTREAM, OPERATOR -> Level.WARNING;
            case PARLEY -> Level.ERROR;
        };
    }
}
