package dev.parley.batch.answer;

import dev.parley.shared.execution.Timers;
import dev.parley.shared.stream.WaitingCalls;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Writes to a client that may wait for {@link #PATIENCE} in all. One thread writes; any thread interrupts. */
final class PatientWrites {
    /** How long all writes together may wait for the client. */
    static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final System.Logger LOG = System.getLogger(PatientWrites.class.getName());

    private final Clock clock;
    private final Timers timers;
    private final WaitingCalls calls = new WaitingCalls();

    /** The writing thread's own. */
    private Duration patience = PATIENCE;

    PatientWrites(Clock clock, Timers timers) {
        this.clock = clock;
        this.timers = timers;
    }

    /**
     * Sends at once.
     *
     * @throws IOException when the client has left, when patience is at its end, or when the write was interrupted;
     *     some servers throw a {@link RuntimeException} instead
     */
    void write(OutputStream out, String text) throws IOException {
        Instant begin = clock.instant();
        Timers.Timer stalled = watch();
        try {
            calls.run(() -> {
                out.write(text.getBytes(StandardCharsets.UTF_8));
                out.flush();
                return text;
            });
        } finally {
            stalled.cancel();
            patience = patience.minus(Duration.between(begin, clock.instant()));
        }
    }

    /** Ends a write that waits, if there is one. */
    void interrupt() {
        calls.interrupt();
    }

    private Timers.Timer watch() {
        try {
            return timers.schedule(patience.isNegative() ? Duration.ZERO : patience, calls::interrupt);
        } catch (RuntimeException stopping) { // then cancelling ends it
            LOG.log(System.Logger.Level.DEBUG, "No timer for a write", stopping);
            return () -> {};
        }
    }
}
