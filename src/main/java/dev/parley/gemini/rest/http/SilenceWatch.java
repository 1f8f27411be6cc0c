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
    private final Runnable onSilence;
    private volatile Instant lastSign;
    private volatile boolean expired;
    private final Object lock = new Object();

    @GuardedBy("lock")
    private boolean closed;

    @GuardedBy("lock")
    private Timers.@Nullable Timer timer;

    /** A watch that has begun; {@code onSilence} runs once at most, on a timer's thread. */
    SilenceWatch(Clock clock, Timers timers, Duration patience, Runnable onSilence) {
        this.clock = clock;
        this.timers = timers;
        this.patience = patience;
        this.onSilence = onSilence;
        lastSign = clock.instant();
        lookIn(patience);
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
        synchronized (lock) {
            closed = true;
            if (timer != null) {
                timer.cancel();
            }
        }
    }

    private void look() {
        Duration left = patience.minus(Duration.between(lastSign, clock.instant()));
        if (left.isNegative() || left.isZero()) {
            expired = true;
            onSilence.run();
        } else {
            lookIn(left);
        }
    }

    private void lookIn(Duration delay) {
        synchronized (lock) {
            if (!closed) {
                timer = timers.schedule(delay, this::look);
            }
        }
    }
}
