package dev.parley.limits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.shared.failure.FailureKind;
import dev.parley.shared.settings.ApiKey;
import dev.parley.shared.settings.Secret;
import dev.parley.testkit.ManualTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Real threads: many callers at once, in a room large enough that nobody is refused. */
class NodeAdmissionStressTest {
    private static final int THREADS = 8;
    private static final int CALLS_PER_THREAD = 2_000;
    private static final int PER_KEY = 3;
    private static final List<ApiKey> KEYS =
            List.of(new ApiKey("a", new Secret("a")), new ApiKey("b", new Secret("b")));

    private final ManualTime time = new ManualTime();
    private final NodeAdmission admission = new NodeAdmission(
            KEYS,
            new LimitSettings(PER_KEY, Duration.ofMinutes(15), 1_000_000_000, 10_000, Duration.ofMinutes(2)),
            time,
            time);
    private final Map<String, AtomicInteger> held =
            new ConcurrentHashMap<>(Map.of("a", new AtomicInteger(), "b", new AtomicInteger()));
    private final AtomicInteger most = new AtomicInteger();
    private final AtomicInteger refusals = new AtomicInteger();
    private final AtomicInteger grants = new AtomicInteger();

    /** Hands its lease to another thread, which closes it, sometimes twice. */
    private final class Busy extends Caller {
        private final ExecutorService threads;
        final CountDownLatch done = new CountDownLatch(1);

        Busy(ExecutorService threads) {
            this.threads = threads;
        }

        @Override
        public void granted(SessionLease granted) {
            super.granted(granted);
            grants.incrementAndGet();
            AtomicInteger onKey = held.get(granted.key().name());
            most.accumulateAndGet(onKey == null ? Integer.MAX_VALUE : onKey.incrementAndGet(), Math::max);
            threads.execute(() -> {
                granted.recordAudio(20);
                granted.recordUsage(1);
                if (onKey != null) {
                    onKey.decrementAndGet();
                }
                granted.close();
                granted.close();
                done.countDown();
            });
        }

        @Override
        public void refused(FailureKind kind, String message) {
            super.refused(kind, message);
            refusals.incrementAndGet();
            done.countDown();
        }
    }

    @Test
    void no_key_is_ever_overbooked_and_every_slot_comes_back() throws InterruptedException {
        ExecutorService callers = Executors.newFixedThreadPool(THREADS);
        ExecutorService talkers = Executors.newFixedThreadPool(4);
        CountDownLatch finished = new CountDownLatch(THREADS);
        AtomicInteger unsettled = new AtomicInteger();
        AtomicInteger inconsistent = new AtomicInteger();
        try {
            for (int i = 0; i < THREADS; i++) {
                callers.execute(() -> {
                    for (int call = 0; call < CALLS_PER_THREAD; call++) {
                        Busy busy = new Busy(talkers);
                        Admission.Ticket ticket = admission.apply(busy);
                        if (ThreadLocalRandom.current().nextInt(4) == 0) {
                            ticket.withdraw(); // it may have been granted already, or never hear again
                        } else if (await(busy.done)) {
                            inconsistent.addAndGet(busy.isConsistent() ? 0 : 1);
                        } else {
                            unsettled.incrementAndGet();
                        }
                    }
                    finished.countDown();
                });
            }
            assertTrue(finished.await(60, TimeUnit.SECONDS));
            talkers.shutdown();
            assertTrue(talkers.awaitTermination(10, TimeUnit.SECONDS));
        } finally {
            callers.shutdownNow();
            talkers.shutdownNow();
        }
        assertEquals(0, unsettled.get());
        assertEquals(0, inconsistent.get());
        assertEquals(0, refusals.get());
        assertTrue(most.get() <= PER_KEY, "held at once: " + most.get());
        LimitsSnapshot snapshot = admission.snapshot();
        assertEquals(0, snapshot.held());
        assertEquals(0, snapshot.waiting());
        assertEquals(grants.get(), snapshot.granted());
        assertTrue(grants.get() >= THREADS * CALLS_PER_THREAD / 2, "granted: " + grants.get());
        assertEquals(
                grants.get(),
                snapshot.keys().stream()
                        .mapToLong(LimitsSnapshot.KeyUse::tokens)
                        .sum());
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
