package dev.parley.simulator.line;

import dev.parley.shared.execution.Timers;
import java.time.Duration;
import java.util.concurrent.Executor;

/** Timers of one session: tasks run in its serial order, and not at all once it is over. */
public final class SerialTimers {
    private final Timers timers;
    private final Executor serial;
    /** Written in the serial order, read there and by timer threads that then do less. */
    private volatile boolean closed;

    /** Timers whose tasks run on {@code serial}. */
    public SerialTimers(Timers timers, Executor serial) {
        this.timers = timers;
        this.serial = serial;
    }

    /** Runs the task once, {@code delay} from now. */
    public Timers.Timer after(Duration delay, Runnable task) {
        return timers.schedule(delay, () -> {
            if (!closed) {
                serial.execute(() -> {
                    if (!closed) {
                        task.run();
                    }
                });
            }
        });
    }

    /** Nothing runs from here on. */
    public void close() {
        closed = true;
    }
}
