package dev.parley.gemini.access.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.shared.failure.FailureKind;
import dev.parley.shared.settings.Secret;
import dev.parley.testkit.ManualExecutor;
import dev.parley.testkit.ManualTime;
import dev.parley.testkit.RealThreads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class TokenKeeperTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private final ManualTime time = new ManualTime();
    private final ManualExecutor executor = new ManualExecutor();
    private final AtomicInteger fetches = new AtomicInteger();
    private Supplier<Token> source = () -> token(HOUR);
    private final TokenKeeper keeper = new TokenKeeper(
            () -> {
                fetches.incrementAndGet();
                return source.get();
            },
            executor,
            time,
            time);

    private Token token(Duration life) {
        return new Token(new Secret("token-" + fetches), time.instant().plus(life), Optional.empty());
    }

    private static AccessFailure failure() {
        return new AccessFailure(FailureKind.UPSTREAM_UNAVAILABLE, "Not now.", "down");
    }

    @Test
    void a_token_is_got_once_and_kept_while_it_holds() {
        Token first = keeper.current();
        time.advance(HOUR.minus(TokenKeeper.AHEAD).minusSeconds(1));
        assertSame(first, keeper.current());
        assertEquals(1, fetches.get());
    }

    @Test
    void the_next_one_comes_before_the_end_and_nobody_waits_for_it() {
        Token first = keeper.current();
        time.advance(HOUR.minus(TokenKeeper.AHEAD));
        assertSame(first, keeper.current());
        assertEquals(1, fetches.get(), "not on the timer's thread");
        assertEquals(1, executor.runAll());
        assertEquals("token-2", keeper.current().secret().reveal());
        time.advance(HOUR.minus(TokenKeeper.AHEAD));
        executor.runAll();
        assertEquals("token-3", keeper.current().secret().reveal());
        assertEquals(3, fetches.get());
    }

    @Test
    void while_it_cannot_be_replaced_it_is_used_and_tried_again_until_its_end() {
        Token first = keeper.current();
        source = () -> {
            throw failure();
        };
        time.advance(HOUR.minus(TokenKeeper.AHEAD));
        executor.runAll();
        for (int i = 0; i < 20; i++) {
            time.advance(Duration.ofSeconds(10));
            executor.runAll();
            assertSame(first, keeper.current(), "with " + (22 - i) + "0 s left");
        }
        assertTrue(fetches.get() >= 4 && fetches.get() <= 8, fetches::toString);
        time.advance(Duration.ofMinutes(10));
        executor.runAll();
        assertEquals(0, time.pending(), "no tries for nobody");
        assertThrows(AccessFailure.class, keeper::current);
        source = () -> token(HOUR);
        assertTrue(keeper.current().expires().isAfter(time.instant()));
        assertEquals(1, time.pending());
    }

    @Test
    void a_token_that_ended_is_never_given_out() {
        source = () -> token(TokenKeeper.LEAST_LEFT.plusSeconds(2));
        keeper.current();
        keeper.current();
        assertEquals(1, fetches.get());
        time.advance(Duration.ofSeconds(2));
        keeper.current();
        assertEquals(2, fetches.get());
    }

    @Test
    void one_that_was_refused_is_forgotten_but_not_the_one_after_it() {
        Token first = keeper.current();
        keeper.drop(first.secret());
        Token second = keeper.current();
        keeper.drop(first.secret());
        assertSame(second, keeper.current());
        assertEquals(2, fetches.get());
    }

    @Test
    void all_who_come_while_it_is_got_get_the_same() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        source = () -> {
            asked.countDown();
            await(answer);
            return token(HOUR);
        };
        try (RealThreads threads = new RealThreads()) {
            List<CompletableFuture<Token>> waiting = new ArrayList<>();
            waiting.add(CompletableFuture.supplyAsync(keeper::current, threads.executor()));
            await(asked);
            for (int i = 0; i < 39; i++) {
                waiting.add(CompletableFuture.supplyAsync(keeper::current, threads.executor()));
            }
            assertTrue(keeper.isFetching());
            answer.countDown();
            for (CompletableFuture<Token> one : waiting) {
                assertEquals("token-1", one.get(20, TimeUnit.SECONDS).secret().reveal());
            }
        }
        assertEquals(1, fetches.get());
        assertFalse(keeper.isFetching());
    }

    @Test
    void whatever_goes_wrong_all_who_wait_are_told_and_the_next_one_tries_again() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        source = () -> {
            asked.countDown();
            await(answer);
            throw new NoClassDefFoundError("com/google/Missing");
        };
        try (RealThreads threads = new RealThreads()) {
            CompletableFuture<Token> first = CompletableFuture.supplyAsync(keeper::current, threads.executor());
            await(asked);
            CompletableFuture<Token> second = CompletableFuture.supplyAsync(keeper::current, threads.executor());
            answer.countDown();
            assertThrows(CompletionException.class, first::join);
            assertThrows(CompletionException.class, second::join);
        }
        source = () -> token(HOUR);
        keeper.current();
        assertFalse(keeper.isFetching());
    }

    @Test
    void after_the_end_nothing_is_got_ahead() {
        keeper.current();
        keeper.close();
        assertEquals(0, time.pending());
        keeper.fetchAhead();
        executor.runAll();
        assertEquals(1, fetches.get());
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(20, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
