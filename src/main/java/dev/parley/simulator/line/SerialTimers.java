package dev.parley.simulator.line;

import dev.parley.shared.execution.Timers;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Timers of one session: tasks run in its serial order, and not at all once it is over. Methods are called in the
 * serial order. Timers are cancelled at the end, so that a far one does not hold a dead session.
 */
public final class SerialTimers {
    private final Timers timers;
    private final Executor serial;
    private final Set<Pending> pending = new HashSet<>();
    private boolean closed;

    /** Timers whose tasks run on {@code serial}. */
    public SerialTimers(Timers timers, Executor serial) {
        this.timers = timers;
        this.serial = serial;
    }

    /** Runs the task once, {@code delay} from now. */
    public Timers.Timer after(Duration delay, Runnable task) {
        Pending waiting = new Pending(task);
        if (!closed) {
            pending.add(waiting);
            waiting.timer = timers.schedule(delay, () -> serial.execute(waiting::run));
        }
        return waiting;
    }

    /** How many wait. */
    public int pending() {
        return pending.size();
    }

    /** Nothing runs from here on. */
    public void close() {
        closed = true;
        Set.copyOf(pending).forEach(Pending::cancel);
    }

    private final class Pending implements Timers.Timer {
        private final Runnable task;
        private Timers.@Nullable Timer timer;

        Pending(Runnable task) {
            this.task = task;
        }

        private void run() {
            if (pending.remove(this)) {
                task.run();
            }
        }

        @Override
        public void cancel() {
            if (pending.remove(this) && timer != null) {
                timer.cancel();
            }
        }
    }
}
