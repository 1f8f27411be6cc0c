package dev.parley.batch.answer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.shared.execution.Cancellation;
import dev.parley.testkit.ManualTime;
import dev.parley.testkit.RealThreads;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class EventStreamTest {
    private static final Duration BEAT = Duration.ofSeconds(15);
    private static final String COMMENT = ": waiting\n\n";

    private final ManualTime time = new ManualTime();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final AtomicBoolean full = new AtomicBoolean();
    private final Cancellation cancellation = new Cancellation();

    private void execute(Runnable task) {
        if (full.get()) {
            throw new RejectedExecutionException("no thread left");
        }
        task.run();
    }

    private EventStream events(OutputStream to) {
        return new EventStream(to, time, time, this::execute, cancellation);
    }

    private String written() {
        String text = out.toString(StandardCharsets.UTF_8);
        out.reset();
        return text;
    }

    @Test
    void a_quiet_stream_is_commented_every_15_seconds_and_no_sooner() {
        EventStream events = events(out);
        time.advance(BEAT.minusMillis(1));
        assertEquals("", written());
        time.advance(Duration.ofMillis(1));
        assertEquals(COMMENT, written());
        time.advance(BEAT);
        assertEquals(COMMENT, written());
        time.advance(Duration.ofSeconds(10));
        events.text("a");
        assertEquals("event: text\ndata: {\"text\":\"a\"}\n\n", written());
        time.advance(BEAT.minusMillis(1));
        assertEquals("", written(), "an event counts as a sign of life");
        time.advance(Duration.ofMillis(1));
        assertEquals(COMMENT, written());
        events.close();
        time.advance(BEAT.multipliedBy(3));
        assertEquals("", written());
        assertEquals(0, time.pending(), "timers after the end");
    }

    @Test
    void a_client_that_has_left_is_noticed_by_a_comment() {
        EventStream events = events(new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                throw new IOException("Broken pipe");
            }
        });
        assertFalse(cancellation.isCancelled());
        time.advance(BEAT);
        assertTrue(cancellation.isCancelled());
        assertEquals(0, time.pending(), "timers after the end");
        assertThrows(CancellationException.class, () -> events.text("too late"));
        events.close();
    }

    @Test
    void a_beat_without_a_thread_does_not_end_the_beats() {
        full.set(true);
        EventStream events = events(out);
        time.advance(BEAT);
        assertEquals("", written());
        full.set(false);
        time.advance(BEAT);
        assertEquals(COMMENT, written());
        events.close();
        assertEquals(0, time.pending(), "timers after the end");
    }

    @Test
    void a_closed_stream_without_a_thread_sets_no_timer() {
        full.set(true);
        EventStream events = events(out);
        time.advance(BEAT);
        assertEquals(1, time.pending());
        events.close();
        time.advance(BEAT.multipliedBy(3));
        assertEquals(0, time.pending());
    }

    @Test
    void a_client_that_takes_nothing_is_given_up_after_two_minutes_in_all() throws Exception {
        try (RealThreads threads = new RealThreads()) {
            StalledOutput stalled = new StalledOutput();
            EventStream events = new EventStream(stalled, time, time, Runnable::run, cancellation);
            CompletableFuture<Void> first = CompletableFuture.runAsync(() -> events.text("a"), threads.executor());
            stalled.awaitWrite();
            time.advance(Duration.ofSeconds(70));
            stalled.go.countDown();
            first.get(30, TimeUnit.SECONDS);
            CompletableFuture<Void> second = CompletableFuture.runAsync(
                    () -> {
                        assertThrows(CancellationException.class, () -> events.text("b"));
                        assertFalse(Thread.currentThread().isInterrupted(), "the thread is used for other work");
                    },
                    threads.executor());
            stalled.awaitWrite();
            time.advance(Duration.ofSeconds(49));
            assertFalse(second.isDone());
            assertFalse(cancellation.isCancelled());
            time.advance(Duration.ofSeconds(1));
            second.get(30, TimeUnit.SECONDS);
            assertTrue(cancellation.isCancelled());
            events.close();
            assertEquals(0, time.pending(), "timers after the end");
        }
    }

    @Test
    void cancelling_ends_a_write_that_waits() throws Exception {
        try (RealThreads threads = new RealThreads()) {
            StalledOutput stalled = new StalledOutput();
            EventStream events = new EventStream(stalled, time, time, Runnable::run, cancellation);
            CompletableFuture<Void> write = CompletableFuture.runAsync(
                    () -> assertThrows(CancellationException.class, () -> events.text("a")), threads.executor());
            stalled.awaitWrite();
            cancellation.cancel();
            write.get(30, TimeUnit.SECONDS);
            events.close();
        }
    }

    /** A connection that takes nothing until it is told to, as servers behave: an interrupt ends a write. */
    private static final class StalledOutput extends OutputStream {
        private final Semaphore writing = new Semaphore(0);
        volatile CountDownLatch go = new CountDownLatch(1);

        void awaitWrite() throws InterruptedException {
            assertTrue(writing.tryAcquire(30, TimeUnit.SECONDS), "nothing was written");
        }

        @Override
        public void write(int one) throws IOException {
            throw new IOException("not used");
        }

        @Override
        public void write(byte[] bytes) throws IOException {
            CountDownLatch until = go;
            writing.release();
            try {
                until.await();
                go = new CountDownLatch(1);
            } catch (InterruptedException ended) {
                throw new InterruptedIOException();
            }
        }
    }
}
