package dev.parley.shared.socket;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.parley.shared.execution.Timers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Notices a write that does not end: one timer serves all writes of a connection, so the hot path pays two counter
 * updates, and an idle connection has none. A stall is told between one and two stall times after the write began.
 *
 * <p>The owner calls {@link #begun} and {@link #ended} in the order of its writes, so under the lock that orders them;
 * and {@link #watch} after each beginning, outside that lock. Any thread; {@code onStall} comes without any lock held.
 */
final class StallWatch {
    private static final System.Logger LOG = System.getLogger(StallWatch.class.getName());

    private final Duration stallTime;
    private final Timers timers;
    private final Runnable onStall;
    private final Object lock = new Object();

    /** Counts beginnings and ends: odd while a write is on its way. */
    @GuardedBy("lock")
    private long edge;

    /** Whether a timer is set, or about to be. */
    @GuardedBy("lock")
    private boolean watching;

    @GuardedBy("lock")
    private boolean stopped;

    /** The last timer set, so that a closed connection is not held in memory by it. */
    @GuardedBy("lock")
    private Timers.@Nullable Timer timer;

    StallWatch(Duration stallTime, Timers timers, Runnable onStall) {
        this.stallTime = stallTime;
        this.timers = timers;
        this.onStall = onStall;
    }

    void begun() {
        synchronized (lock) {
            edge++;
        }
    }

    void ended() {
        synchronized (lock) {
            edge++;
        }
    }

    /** Makes sure that a timer runs while a write is on its way. */
    void watch() {
        long seen;
        synchronized (lock) {
            if (watching || stopped || !isWriting()) {
                return;
            }
            watching = true;
            seen = edge;
        }
        lookLater(seen);
    }

    /** The connection is over: nothing is told any more. */
    void stop() {
        Timers.Timer last;
        synchronized (lock) {
            stopped = true;
            last = timer;
            timer = null;
        }
        if (last != null) {
            last.cancel();
        }
    }

    private void lookLater(long seen) {
        Timers.Timer next;
        try {
            next = timers.schedule(stallTime, () -> look(seen));
        } catch (RuntimeException refused) { // at undeploy; the last messages still leave, unwatched
            LOG.log(System.Logger.Level.DEBUG, "No timer for a write", refused);
            synchronized (lock) {
                watching = false;
            }
            return;
        }
        synchronized (lock) {
            if (!stopped) {
                timer = next;
                return;
            }
        }
        next.cancel();
    }

    private void look(long seen) {
        long now;
        synchronized (lock) {
            if (stopped) {
                return;
            }
            now = edge;
            watching = now != seen && isWriting();
            if (!watching && now != seen) {
                return;
            }
        }
        if (now == seen) {
            onStall.run();
        } else {
            lookLater(now);
        }
    }

    @GuardedBy("lock")
    private boolean isWriting() {
        return edge % 2 == 1;
    }
}
