package dev.parley.shared.socket;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.parley.shared.execution.Timers;
import java.time.Duration;

/**
 * Notices a write that does not end: one timer serves all writes of a connection, so the hot path pays two counter
 * updates. A stall is told between one and two stall times after the write began. Any thread; calls {@code onStall}
 * outside its lock.
 */
final class StallWatch {
    private final Duration stallTime;
    private final Timers timers;
    private final Runnable onStall;
    private final Object lock = new Object();

    /** Counts beginnings and ends: odd while a write is on its way. */
    @GuardedBy("lock")
    private long edge;

    @GuardedBy("lock")
    private boolean watching;

    StallWatch(Duration stallTime, Timers timers, Runnable onStall) {
        this.stallTime = stallTime;
        this.timers = timers;
        this.onStall = onStall;
    }

    void begun() {
        long seen;
        synchronized (lock) {
            edge++;
            if (watching) {
                return;
            }
            watching = true;
            seen = edge;
        }
        timers.schedule(stallTime, () -> look(seen));
    }

    void ended() {
        synchronized (lock) {
            edge++;
        }
    }

    private void look(long seen) {
        long now;
        synchronized (lock) {
            now = edge;
            watching = now != seen && isWriting();
            if (!watching && now != seen) {
                return;
            }
        }
        if (now == seen) {
            onStall.run();
        } else {
            timers.schedule(stallTime, () -> look(now));
        }
    }

    @GuardedBy("lock")
    private boolean isWriting() {
        return edge % 2 == 1;
    }
}
