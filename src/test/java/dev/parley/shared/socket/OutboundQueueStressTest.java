package dev.parley.shared.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.testkit.ManualTime;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Real threads: several offer, writes complete now at once, now on another thread. */
@Timeout(60)
class OutboundQueueStressTest {
    private static final int SENDERS = 4;
    private static final int MESSAGES = 5_000;

    /** Unguarded on purpose: right only if the queue orders and publishes the writes. */
    private static final class MixedWire implements Wire {
        private final ExecutorService network;
        private final AtomicBoolean writing = new AtomicBoolean();
        final AtomicInteger closes = new AtomicInteger();
        final CountDownLatch closed = new CountDownLatch(1);
        final int[] last = new int[SENDERS];
        int written;
        int round;
        volatile boolean broken;

        MixedWire(ExecutorService network) {
            this.network = network;
        }

        @Override
        public void writeText(String text, Completion completion) {
            String[] parts = text.split(":", 2);
            write(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), completion);
        }

        @Override
        public void writeBinary(ByteBuffer data, Completion completion) {
            write(data.getInt(), data.getInt(), completion);
        }

        @Override
        public void writePing(Completion completion) {
            completion.written(null);
        }

        @Override
        public void close(int code, String reason) {
            broken |= writing.get();
            closes.incrementAndGet();
            closed.countDown();
        }

        private void write(int sender, int number, Completion completion) {
            broken |= writing.getAndSet(true) || last[sender] >= number || closes.get() > 0;
            last[sender] = number;
            written++;
            round++;
            if (round % 3 == 0) {
                network.execute(() -> complete(completion));
            } else {
                complete(completion);
            }
        }

        private void complete(Completion completion) {
            broken |= !writing.getAndSet(false);
            completion.written(null);
        }
    }

    @Test
    void order_is_kept_bytes_return_to_zero_and_it_closes_once_after_the_last() throws InterruptedException {
        for (int round = 0; round < 10; round++) {
            run(Integer.MAX_VALUE, false);
        }
    }

    @Test
    void the_same_holds_when_it_is_full_and_when_audio_is_dropped() throws InterruptedException {
        for (int round = 0; round < 10; round++) {
            run(1_000, true);
        }
    }

    private static void run(int maxBytes, boolean dropping) throws InterruptedException {
        ExecutorService network = Executors.newFixedThreadPool(2);
        ExecutorService senders = Executors.newFixedThreadPool(SENDERS + 1);
        List<Throwable> failures = new ArrayList<>();
        MixedWire wire = new MixedWire(network);
        OutboundQueue queue =
                new OutboundQueue(wire, maxBytes, Duration.ofSeconds(10), new ManualTime(), failures::add);
        AtomicInteger accepted = new AtomicInteger();
        AtomicInteger droppedBytes = new AtomicInteger();
        CountDownLatch sent = new CountDownLatch(SENDERS);
        try {
            for (int i = 0; i < SENDERS; i++) {
                int sender = i;
                senders.execute(() -> {
                    for (int number = 1; number <= MESSAGES; number++) {
                        accepted.addAndGet(offer(queue, sender, number) ? 1 : 0);
                        if (dropping && number % 50 == 0) {
                            droppedBytes.addAndGet(queue.dropBinary());
                        }
                    }
                    sent.countDown();
                });
            }
            assertTrue(sent.await(30, TimeUnit.SECONDS));
            senders.execute(() -> queue.closeAfterFlush(1000, "one"));
            queue.closeAfterFlush(1000, "other");
            assertTrue(wire.closed.await(30, TimeUnit.SECONDS), "it was never closed");
        } finally {
            senders.shutdown();
            assertTrue(senders.awaitTermination(10, TimeUnit.SECONDS));
            network.shutdown();
            assertTrue(network.awaitTermination(10, TimeUnit.SECONDS));
        }
        assertFalse(wire.broken);
        assertEquals(1, wire.closes.get());
        assertEquals(0, queue.queuedBytes());
        assertEquals(accepted.get(), wire.written + droppedBytes.get() / Long.BYTES);
        assertTrue(dropping || accepted.get() == SENDERS * MESSAGES);
        assertEquals(List.of(), failures);
    }

    private static boolean offer(OutboundQueue queue, int sender, int number) {
        if (number % 2 == 0) {
            return queue.offerText(sender + ":" + number);
        }
        return queue.offerBinary(
                ByteBuffer.allocate(Long.BYTES).putInt(sender).putInt(number).flip());
    }
}
