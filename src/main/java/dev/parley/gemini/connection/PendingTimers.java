package dev.parley.gemini.connection;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.parley.shared.execution.Timers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The timers of one connection, which end with it. Any thread; no timer is set or cancelled under the lock. */
final class PendingTimers {
    private static final System.Logger LOG = System.getLogger(PendingTimers.class.getName());

    private final Timers timers;
    private final Object lock = new Object();

    @GuardedBy("lock")
    private final List<Timers.Timer> running = new ArrayList<>();

    @GuardedBy("lock")
    private boolean ended;

    PendingTimers(Timers timers) {
        this.timers = timers;
    }

    /** Runs an action later, unless the connection has ended by then; false when the timers refuse. */
    boolean after(Duration delay, Runnable action) {
        Timers.Timer timer;
        try {
            timer = timers.schedule(delay, action);
        } catch (RuntimeException stopping) { // servers refuse with exceptions of their own while they undeploy
            LOG.log(System.Logger.Level.DEBUG, "The timers refuse", stopping);
            return false;
        }
        synchronized (lock) {
            if (!ended) {
                running.add(timer);
                return true;
            }
        }
        timer.cancel();
        return true;
    }

    /** Runs an action later, the end of the connection notwithstanding; at once when the timers refuse. */
    void atLast(Duration delay, Runnable action) {
        try {
            timers.schedule(delay, action);
        } catch (RuntimeException stopping) { // as above
            LOG.log(System.Logger.Level.DEBUG, "No time is left", stopping);
            action.run();
        }
    }

    /** Cancels all; what comes later is cancelled at once. */
    void end() {
        List<Timers.Timer> stopped;
        synchronized (lock) {
            ended = true;
            stopped = List.copyOf(running);
            running.clear();
        }
        stopped.forEach(Timers.Timer::cancel);
    }
}
