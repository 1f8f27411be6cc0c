package dev.parley.shared.execution;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs tasks one at a time, in the order they came, on the threads of another executor, with at most one task in
 * flight there: a thousand serial executors need no thread of their own. A task's writes are visible to the next one.
 *
 * <p>The queue is not bounded here, because what a task holds is only known to its owner: owners bound what they
 * submit, in bytes. Tasks must not block; a task that throws is reported to the uncaught handler and the next one
 * runs.
 */
public final class SerialExecutor implements Executor {
    /** Long enough to spare hand-overs under load, short enough that one busy owner does not hold a thread. */
    private static final int TASKS_PER_TURN = 32;

    private final Executor threads;
    private final UncaughtHandler uncaught;
    private final Queue<Runnable> queue = new ConcurrentLinkedQueue<>();

    /** Tasks queued or running; whoever raises it from zero schedules the drain. */
    private final AtomicInteger pending = new AtomicInteger();

    /** Told of what a task threw. */
    @FunctionalInterface
    public interface UncaughtHandler {
        /** Runs in the serial order, after the task that threw. */
        void taskFailed(Throwable failure);
    }

    /** A serial view of {@code threads}. */
    public SerialExecutor(Executor threads, UncaughtHandler uncaught) {
        this.threads = threads;
        this.uncaught = uncaught;
    }

    @Override
    public void execute(Runnable task) {
        queue.add(task);
        if (pending.getAndIncrement() == 0) {
            threads.execute(this::drain);
        }
    }

    private void drain() {
        int done = 0;
        Runnable task = queue.poll();
        while (task != null) {
            try {
                task.run();
            } catch (Throwable failure) { // an Error of one owner must not silence it for ever
                uncaught.taskFailed(failure);
            }
            done++;
            task = done < TASKS_PER_TURN ? queue.poll() : null;
        }
        if (pending.addAndGet(-done) > 0) {
            threads.execute(this::drain);
        }
    }
}
