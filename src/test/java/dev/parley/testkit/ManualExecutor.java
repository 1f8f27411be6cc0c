package dev.parley.testkit;

import java.util.ArrayDeque;
import java.util.concurrent.Executor;

/** Runs what was submitted only when a test says so, on the test's thread. */
public final class ManualExecutor implements Executor {
    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();

    @Override
    public synchronized void execute(Runnable task) {
        tasks.add(task);
    }

    /** Runs tasks, and what they submit, until none is left; answers how many ran. */
    public int runAll() {
        int ran = 0;
        while (true) {
            Runnable task;
            synchronized (this) {
                task = tasks.poll();
            }
            if (task == null) {
                return ran;
            }
            task.run();
            ran++;
        }
    }
}
