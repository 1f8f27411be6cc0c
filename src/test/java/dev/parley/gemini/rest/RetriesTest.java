package dev.parley.gemini.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.gemini.failure.RestFailure;
import dev.parley.gemini.failure.RestFailures;
import dev.parley.gemini.rest.http.Pauses;
import dev.parley.shared.execution.Cancellation;
import dev.parley.shared.settings.ApiKey;
import dev.parley.shared.settings.Secret;
import dev.parley.testkit.ManualTime;
import dev.parley.testkit.RealThreads;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How long a busy Gemini is left alone. */
class RetriesTest {
    private final ManualTime time = new ManualTime();
    private final RealThreads threads = new RealThreads();
    private final Semaphore waiting = new Semaphore(0);
    private final Retries retries = new Retries(new Pauses((delay, task) -> {
        var timer = time.schedule(delay, task);
        waiting.release();
        return timer;
    }));
    private final Cancellation cancellation = new Cancellation();
    private final List<Duration> told = new CopyOnWriteArrayList<>();
    private final Semaphore asked = new Semaphore(0);

    @AfterEach
    void stop() {
        threads.close();
        assertEquals(0, time.pending(), "timers after the end");
    }

    private static RestFailure busy() {
        return RestFailures.of(503, null, null, new ApiKey("default", new Secret("AIzaBusyTestKey")), "m", "v1beta");
    }

    private CompletableFuture<String> run(int failures, RestFailure failure) {
        int[] left = {failures};
        return CompletableFuture.supplyAsync(
                () -> retries.run(
                        () -> {
                            asked.release();
                            if (left[0]-- > 0) {
                                throw failure;
                            }
                            return "answer";
                        },
                        () -> true,
                        (pause, why) -> told.add(pause),
                        cancellation),
                threads.executor());
    }

    private void awaitPause() throws InterruptedException {
        assertTrue(waiting.tryAcquire(30, TimeUnit.SECONDS), "nobody waits");
    }

    private void passes(Duration pause) throws InterruptedException {
        awaitPause();
        asked.drainPermits();
        time.advance(pause.minusMillis(1));
        assertEquals(0, asked.availablePermits(), "too early");
        time.advance(Duration.ofMillis(1));
    }

    @Test
    void without_retry_info_one_second_and_then_four() throws Exception {
        CompletableFuture<String> answer = run(2, busy());
        passes(Duration.ofSeconds(1));
        passes(Duration.ofSeconds(4));
        assertEquals("answer", answer.get(30, TimeUnit.SECONDS));
        assertEquals(List.of(Duration.ofSeconds(1), Duration.ofSeconds(4)), told);
    }

    @Test
    void the_third_refusal_is_the_last() throws Exception {
        RestFailure failure = busy();
        CompletableFuture<String> answer = run(9, failure);
        passes(Duration.ofSeconds(1));
        passes(Duration.ofSeconds(4));
        ExecutionException ended = assertThrows(ExecutionException.class, () -> answer.get(30, TimeUnit.SECONDS));
        assertSame(failure, ended.getCause());
        assertEquals(2, told.size());
    }

    @Test
    void a_wait_that_nobody_wants_any_more_ends_at_once() throws Exception {
        CompletableFuture<String> answer = run(1, busy());
        awaitPause();
        cancellation.cancel();
        ExecutionException ended = assertThrows(ExecutionException.class, () -> answer.get(30, TimeUnit.SECONDS));
        assertTrue(ended.getCause() instanceof CancellationException, ended::toString);
        assertFalse(answer.isCancelled());
    }
}
