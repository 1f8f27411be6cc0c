package dev.parley.shared.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.enterprise.concurrent.AbortedException;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class AcceptedTaskTest {
    private static final Future<?> FUTURE = new CompletableFuture<>();
    private static final ManagedExecutorService SERVICE = (ManagedExecutorService) Proxy.newProxyInstance(
            AcceptedTaskTest.class.getClassLoader(),
            new Class<?>[] {ManagedExecutorService.class},
            (proxy, method, arguments) -> {
                throw new UnsupportedOperationException(method.getName());
            });

    private final List<String> ran = new ArrayList<>();

    @Test
    void an_aborted_task_runs_where_the_abort_is_told() {
        AcceptedTask task = new AcceptedTask(() -> ran.add("task"));
        abort(task);
        assertEquals(List.of("task"), ran);
    }

    @Test
    void it_runs_once_whatever_is_told() {
        AcceptedTask task = new AcceptedTask(() -> ran.add("task"));
        task.taskSubmitted(FUTURE, SERVICE, task);
        task.taskStarting(FUTURE, SERVICE, task);
        assertEquals(List.of(), ran);
        task.run();
        abort(task);
        task.taskDone(FUTURE, SERVICE, task, null);
        task.run();
        assertEquals(List.of("task"), ran);
    }

    @Test
    void a_serial_executor_loses_nothing_over_an_executor_that_aborts_what_it_accepted() {
        List<AcceptedTask> accepted = new ArrayList<>();
        Executor aborting = task -> accepted.add(new AcceptedTask(task));
        SerialExecutor serial = new SerialExecutor(aborting, failure -> ran.add("failure " + failure));
        for (int i = 0; i < 40; i++) {
            serial.execute(() -> ran.add("task"));
        }
        for (int i = 0; i < accepted.size(); i++) { // it grows meanwhile
            abort(accepted.get(i));
        }
        assertEquals(40, ran.size());
    }

    private static void abort(AcceptedTask task) {
        task.getManagedTaskListener().taskAborted(FUTURE, SERVICE, task, new AbortedException("disabled"));
    }
}
