package dev.parley.shared.execution;

import java.time.Duration;

/** One-shot timers. Tasks run on a shared thread: they must hand over at once and never block. */
@FunctionalInterface
public interface Timers {
    /**
     * Runs {@code task} once, {@code delay} from now.
     *
     * @return a handle that stops it; stopping a task that ran or was stopped does nothing
     */
    Timer schedule(Duration delay, Runnable task);

    /** A scheduled task. */
    @FunctionalInterface
    interface Timer {
        /** Never runs the task after this returns, unless it is running already. */
        void cancel();
    }
}
