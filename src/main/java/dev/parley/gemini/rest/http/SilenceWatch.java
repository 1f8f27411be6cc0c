package dev.parley.gemini.rest.http;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.parley.shared.execution.Timers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Notices that nothing moves: one timer for an exchange, which looks again for as long as something did. Thread safe. */
final class SilenceWatch implements AutoCloseable {
    private final Clock clock;
    private final Timers timers;
    private final Duration patience;
    private volatile Instant lastSign;
    private volatile boolean expired;
    private final Object lock = new Object();

    @GuardedBy("lock")
    private boolean closed;

    @GuardedBy("lock")
    private Timers.@Nullable Timer timer;

    /** A watch that has not begun. */
    SilenceWatch(Clock clock, Timers timers, Duration patience) {
        this.clock = clock;
        this.timers = timers;
        this.patience = patience;
        lastSign = clock.instant();
    }

    /** Begins; {@code onSilence} runs once at most, on a timer's thread. */
    void begin(Runnable onSilence) {
        lookIn(patience, onSilence);
    }

    /** Something moved. */
    void sign() {
        lastSign = clock.instant();
    }

    /** Whether it was silent for too long. */
    boolean isExpired() {
        return expired;
    }

    @Override
    public void close() {
        Timers.Timer last;
        synchronized (lock) {
            closed = true;
            last = timer;
        }
        if (last != null) {
            last.cancel();
        }
    }

    private void look(Runnable onSilence) {
        Duration left = patience.minus(Duration.between(lastSign, clock.instant()));
        if (left.isNegative() || left.isZero()) {
            expired = true;
            onSilence.run();
        } else {
            lookIn(left, onSilence);
        }
    }

    private void lookIn(Duration delay, Runnable onSilence) {
        Timers.Timer next = timers.schedule(delay, () -> look(onSilence));
        boolean late;
        synchronized (lock) {
            late = closed;
            timer = next;
        }
        if (late) {
            next.cancel();
        }
    }
}
