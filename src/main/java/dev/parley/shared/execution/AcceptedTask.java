package dev.parley.shared.execution;

import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.concurrent.ManagedTask;
import jakarta.enterprise.concurrent.ManagedTaskListener;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A task that runs once it was accepted. A managed executor may accept a task and then abort it without a word to the
 * caller: Payara does so when the application was disabled in between. Whoever counts on its task, as a
 * {@link SerialExecutor} does, would wait for ever; so an aborted task runs where the abort is told, without the
 * application's context.
 */
final class AcceptedTask implements Runnable, ManagedTask, ManagedTaskListener {
    private final Runnable task;
    private final AtomicBoolean begun = new AtomicBoolean();

    AcceptedTask(Runnable task) {
        this.task = task;
    }

    @Override
    public void run() {
        if (begun.compareAndSet(false, true)) {
            task.run();
        }
    }

    @Override
    public ManagedTaskListener getManagedTaskListener() {
        return this;
    }

    @Override
    public Map<String, String> getExecutionProperties() {
        return Map.of();
    }

    @Override
    public void taskSubmitted(Future<?> future, ManagedExecutorService executor, Object submitted) {
        // told of every task; nothing to do
    }

    @Override
    public void taskAborted(
            Future<?> future, ManagedExecutorService executor, Object aborted, @Nullable Throwable exception) {
        run();
    }

    @Override
    public void taskDone(
            Future<?> future, ManagedExecutorService executor, Object done, @Nullable Throwable exception) {
        // told of every task; nothing to do
    }

    @Override
    public void taskStarting(Future<?> future, ManagedExecutorService executor, Object starting) {
        // told of every task; nothing to do
    }
}
