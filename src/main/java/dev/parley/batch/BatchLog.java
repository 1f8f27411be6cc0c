package dev.parley.batch;

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
    private final Instant begin;
    private String what = "A recording";

    BatchLog(Logger log, Clock clock) {
        this.log = log;
        this.clock = clock;
        begin = clock.instant();
    }

    void received(long bytes, String model, String key) {
        what = "A recording of " + bytes + " bytes (model " + model + ", key " + key + ")";
    }

    void answered() {
        write(Level.INFO, "was answered");
    }

    void left() {
        write(Level.INFO, "was given up: nobody waits for it any more");
    }

    void failed(ParleyException failure) {
        String details = failure instanceof RestFailure rest ? " [" + rest.details() + "]" : "";
        write(level(failure.kind()), "failed: " + failure.kind() + ", " + failure.getMessage() + details);
    }

    void broken(Throwable failure) {
        log.log(Level.ERROR, what + " failed", failure);
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
