package dev.parley.shared.execution;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.testkit.RealThreads;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ManagedExecutionTest {
    private final RealThreads threads = new RealThreads();
    private final ThreadPoolExecutor blocking = ManagedExecution.blockingThreads(threads.factory());
    private final CountDownLatch over = new CountDownLatch(1);

    @AfterEach
    void close() {
        blocking.shutdownNow();
        threads.close();
    }

    @Test
    void a_task_that_waits_for_another_never_waits_for_a_thread() throws InterruptedException {
        int waiting = 100;
        CountDownLatch done = new CountDownLatch(waiting);
        for (int i = 0; i < waiting; i++) {
            blocking.execute(() -> {
                CountDownLatch answer = new CountDownLatch(1);
                blocking.execute(answer::countDown);
                await(answer);
                done.countDown();
                await(over);
            });
        }
        assertTrue(done.await(30, TimeUnit.SECONDS), () -> done.getCount() + " tasks wait for ever");
        over.countDown();
    }

    @Test
    void a_task_beyond_the_bound_is_refused_and_not_kept_waiting() {
        for (int i = 0; i < ManagedExecution.MOST_BLOCKING_THREADS; i++) {
            blocking.execute(() -> await(over));
        }
        assertThrows(RejectedExecutionException.class, () -> blocking.execute(() -> {}));
        over.countDown();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
