package dev.parley.shared.execution;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.testkit.ManualExecutor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SerialExecutorTest {
    private final List<Integer> ran = new ArrayList<>();
    private final List<Throwable> failures = new ArrayList<>();
    private final ManualExecutor threads = new ManualExecutor();
    private final SerialExecutor serial = new SerialExecutor(threads, failures::add);

    @Test
    void tasks_run_in_order_with_one_turn_under_way() {
        submit(serial, 0, 32);
        assertEquals(List.of(), ran);
        assertEquals(1, threads.runAll());
        assertEquals(numbers(32), ran);
        submit(serial, 32, 33);
        assertEquals(1, threads.runAll());
        assertEquals(numbers(33), ran);
    }

    @Test
    void a_busy_owner_lets_others_use_the_thread() {
        submit(serial, 0, 100);
        assertEquals(4, threads.runAll());
        assertEquals(numbers(100), ran);
    }

    @Test
    void an_idle_owner_takes_a_small_task_where_it_comes() {
        serial.executeHere(() -> ran.add(0));
        assertEquals(numbers(1), ran);
        assertEquals(0, threads.runAll());
    }

    @Test
    void a_small_task_waits_behind_what_is_queued() {
        submit(serial, 0, 2);
        serial.executeHere(() -> ran.add(2));
        assertEquals(List.of(), ran);
        assertEquals(1, threads.runAll());
        assertEquals(numbers(3), ran);
    }

    @Test
    void whoever_brings_a_small_task_runs_nothing_else() {
        serial.executeHere(() -> {
            ran.add(0);
            serial.executeHere(() -> ran.add(1));
            submit(serial, 2, 50);
        });
        assertEquals(numbers(1), ran);
        threads.runAll();
        assertEquals(numbers(50), ran);
    }

    @Test
    void a_small_task_that_throws_is_told_to_the_owner_not_to_whoever_brought_it() {
        serial.executeHere(() -> {
            throw new IllegalStateException("here");
        });
        assertEquals(1, failures.size());
        submit(serial, 0, 1);
        threads.runAll();
        assertEquals(numbers(1), ran);
    }

    @Test
    void a_task_that_throws_is_told_in_order_and_the_next_one_runs() {
        serial.execute(() -> {
            throw new AssertionError("first");
        });
        submit(serial, 0, 1);
        threads.runAll();
        assertEquals(numbers(1), ran);
        assertEquals(1, failures.size());
    }

    @Test
    void a_failure_handler_that_throws_does_not_stop_the_rest() {
        SerialExecutor brittle = new SerialExecutor(threads, failure -> {
            throw new IllegalStateException("handler", failure);
        });
        brittle.execute(() -> {
            throw new IllegalArgumentException("task");
        });
        submit(brittle, 0, 1);
        threads.runAll();
        submit(brittle, 1, 2);
        threads.runAll();
        assertEquals(numbers(2), ran);
    }

    @Test
    void refused_by_the_executor_tasks_run_on_the_caller_in_order() {
        SerialExecutor refused = new SerialExecutor(
                task -> {
                    throw new RejectedExecutionException("shut down");
                },
                failures::add);
        refused.execute(() -> {
            submit(refused, 1, 100);
            ran.add(0);
        });
        assertEquals(numbers(100), ran);
        submit(refused, 100, 101);
        assertEquals(numbers(101), ran);
    }

    @Test
    void refused_in_the_middle_the_rest_runs_where_the_last_turn_ran() {
        AtomicBoolean open = new AtomicBoolean(true);
        SerialExecutor closing = new SerialExecutor(
                task -> {
                    if (!open.get()) {
                        throw new RejectedExecutionException("shut down");
                    }
                    threads.execute(task);
                },
                failures::add);
        submit(closing, 0, 100);
        open.set(false);
        assertEquals(1, threads.runAll());
        assertEquals(numbers(100), ran);
    }

    @Test
    void an_executor_that_takes_a_turn_and_throws_all_the_same_does_not_run_it_twice() {
        Executor both = task -> {
            threads.execute(task);
            throw new RejectedExecutionException("queued, but no thread could be started");
        };
        SerialExecutor serialOverBoth = new SerialExecutor(both, failures::add);
        submit(serialOverBoth, 0, 100);
        assertEquals(numbers(100), ran);
        threads.runAll();
        assertEquals(numbers(100), ran);
    }

    @Test
    void over_an_executor_that_runs_on_the_spot_the_stack_does_not_grow() {
        SerialExecutor direct = new SerialExecutor(Runnable::run, failures::add);
        int most = 200_000;
        direct.execute(new Runnable() {
            @Override
            public void run() {
                ran.add(ran.size());
                if (ran.size() < most) {
                    direct.execute(this);
                }
            }
        });
        assertEquals(List.of(), failures);
        assertEquals(most, ran.size());
    }

    @Test
    void a_task_submitted_within_a_task_runs_after_it() {
        SerialExecutor direct = new SerialExecutor(Runnable::run, failures::add);
        direct.execute(() -> {
            submit(direct, 1, 2);
            ran.add(0);
        });
        assertEquals(numbers(2), ran);
    }

    @Test
    void many_threads_never_run_two_tasks_at_once_and_keep_their_own_order() throws InterruptedException {
        for (int round = 0; round < 20; round++) {
            stress(4, 5_000, Integer.MAX_VALUE);
        }
    }

    @Test
    void an_executor_that_shuts_down_under_load_loses_no_task() throws InterruptedException {
        for (int round = 0; round < 50; round++) {
            stress(4, 1_000, round * 2);
        }
    }

    /** State without any synchronisation: it is right only if the serial order publishes it. */
    private static final class Unguarded {
        final int[] last;
        long count;
        boolean inside;
        boolean broken;

        Unguarded(int submitters) {
            last = new int[submitters];
        }

        void run(int submitter, int number) {
            broken |= inside || last[submitter] != number - 1;
            inside = true;
            last[submitter] = number;
            count++;
            inside = false;
        }
    }

    private static void stress(int submitters, int tasks, int refuseAfter) throws InterruptedException {
        ExecutorService pool = Executors.newFixedThreadPool(3);
        ExecutorService callers = Executors.newFixedThreadPool(submitters);
        AtomicInteger turns = new AtomicInteger();
        Executor closing = task -> {
            if (turns.incrementAndGet() > refuseAfter) {
                throw new RejectedExecutionException("shut down");
            }
            pool.execute(task);
        };
        List<Throwable> failures = new ArrayList<>();
        SerialExecutor serial = new SerialExecutor(closing, failures::add);
        Unguarded state = new Unguarded(submitters);
        CountDownLatch all = new CountDownLatch(submitters * tasks);
        try {
            for (int i = 0; i < submitters; i++) {
                int submitter = i;
                callers.execute(() -> {
                    for (int number = 1; number <= tasks; number++) {
                        int task = number;
                        Runnable counted = () -> {
                            state.run(submitter, task);
                            all.countDown();
                        };
                        if (task % 3 == 0) {
                            serial.executeHere(counted);
                        } else {
                            serial.execute(counted);
                        }
                    }
                });
            }
            assertTrue(all.await(30, TimeUnit.SECONDS), () -> all.getCount() + " tasks were lost");
        } finally {
            pool.shutdownNow();
            callers.shutdownNow();
        }
        assertFalse(state.broken);
        assertEquals((long) submitters * tasks, state.count);
        assertEquals(List.of(), failures);
    }

    private void submit(SerialExecutor executor, int from, int to) {
        for (int i = from; i < to; i++) {
            int number = i;
            assertDoesNotThrow(() -> executor.execute(() -> ran.add(number)));
        }
    }

    private static List<Integer> numbers(int count) {
        return IntStream.range(0, count).boxed().toList();
    }
}
