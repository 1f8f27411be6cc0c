package dev.parley.batch.answer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.shared.execution.BlockingWork;
import dev.parley.shared.execution.Cancellation;
import dev.parley.testkit.ManualTime;
import dev.parley.testkit.RealThreads;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventStreamTest {
    private static final Duration BEAT = KeptAlive.BEAT;
    private static final String COMMENT = ": waiting\n\n";

    private final ManualTime time = new ManualTime();
    private final RealThreads threads = new RealThreads();
    private final Cancellation cancellation = new Cancellation();
    private final Taken taken = new Taken();

    @AfterEach
    void stop() {
        threads.close();
        assertEquals(0, time.pending(), "timers after the end");
    }

    private EventStream events(OutputStream to) {
        return new EventStream(new Connection(to), new BlockingWork(threads.executor(), time, time), cancellation);
    }

    /** Comes to the next beats until there is a sign of the stream; the writing thread may look at the clock late. */
    private boolean beatUntil(CountDownLatch sign) throws InterruptedException {
        boolean seen = false;
        for (int beats = 0; beats < 6 && !seen; beats++) {
            time.advance(BEAT);
            seen = sign.await(5, TimeUnit.SECONDS);
        }
        return seen;
    }

    @Test
    void a_quiet_stream_is_commented_every_15_seconds_and_no_sooner() throws Exception {
        try (EventStream events = events(taken)) {
            time.advance(BEAT.minusMillis(1));
            assertNull(taken.now());
            time.advance(Duration.ofMillis(1));
            assertEquals(COMMENT, taken.next());
            events.text("a");
            assertEquals("event: text\ndata: {\"text\":\"a\"}\n\n", taken.next());
            time.advance(BEAT.minusMillis(1));
            assertNull(taken.now(), "an event counts as a sign of life");
            time.advance(Duration.ofMillis(1));
            assertEquals(COMMENT, taken.next());
        }
        time.advance(BEAT.multipliedBy(3));
        assertNull(taken.now());
        assertFalse(cancellation.isCancelled());
    }

    @Test
    void a_client_that_has_left_is_noticed_by_a_comment() throws Exception {
        CountDownLatch noticed = new CountDownLatch(1);
        cancellation.onCancel(noticed::countDown);
        try (EventStream events = events(new Broken())) {
            assertFalse(cancellation.isCancelled());
            assertTrue(beatUntil(noticed), "nobody noticed");
            assertThrows(CancellationException.class, () -> events.text("too late"));
        }
    }

    /** As RESTEasy does on WildFly, whose threads else wait for each other for ever. */
    @Test
    void a_server_that_tells_of_a_broken_write_under_a_lock_of_the_response_is_borne() throws Exception {
        CountDownLatch noticed = new CountDownLatch(1);
        cancellation.onCancel(noticed::countDown);
        Object response = new Object();
        Connection locking =
                new Connection(new OutputStream() {
                    @Override
                    public void write(int one) throws IOException {
                        synchronized (response) {
                            throw new IOException("Broken pipe");
                        }
                    }
                }) {
                    @Override
                    public void streamEvents(Writing writing) {
                        synchronized (response) {
                            super.streamEvents(writing);
                        }
                    }
                };
        try (EventStream events =
                new EventStream(locking, new BlockingWork(threads.executor(), time, time), cancellation)) {
            assertTrue(beatUntil(noticed), "nobody noticed");
            assertThrows(CancellationException.class, () -> events.text("too late"));
        }
    }

    @Test
    void without_a_thread_there_is_no_stream_and_no_timer() {
        assertThrows(
                RejectedExecutionException.class,
                () -> new EventStream(
                        new Connection(taken),
                        new BlockingWork(
                                task -> {
                                    throw new RejectedExecutionException("no thread left");
                                },
                                time,
                                time),
                        cancellation));
        assertEquals(0, time.pending());
        assertNull(taken.now());
    }

    @Test
    void a_response_that_the_server_does_not_begin_is_a_client_that_has_left() {
        Connection refusing = new Connection(taken) {
            @Override
            public void streamEvents(Writing writing) {
                throw new IllegalStateException("the response is over");
            }
        };
        try (EventStream events =
                new EventStream(refusing, new BlockingWork(threads.executor(), time, time), cancellation)) {
            assertThrows(CancellationException.class, () -> events.text("a"));
        }
        assertTrue(cancellation.isCancelled());
    }

    @Test
    void a_client_that_takes_nothing_is_given_up_after_two_minutes_in_all() throws Exception {
        StalledOutput stalled = new StalledOutput();
        try (EventStream events = events(stalled)) {
            CompletableFuture<Void> first = CompletableFuture.runAsync(() -> events.text("a"), threads.executor());
            stalled.awaitWrite();
            time.advance(Duration.ofSeconds(70));
            stalled.go.countDown();
            first.get(30, TimeUnit.SECONDS);
            CompletableFuture<Void> second = CompletableFuture.runAsync(
                    () -> assertThrows(CancellationException.class, () -> events.text("b")), threads.executor());
            stalled.awaitWrite();
            time.advance(Duration.ofSeconds(49));
            assertFalse(second.isDone());
            assertFalse(cancellation.isCancelled());
            time.advance(Duration.ofSeconds(1));
            second.get(30, TimeUnit.SECONDS);
            assertTrue(cancellation.isCancelled());
        }
    }

    @Test
    void cancelling_ends_a_write_that_waits() throws Exception {
        StalledOutput stalled = new StalledOutput();
        try (EventStream events = events(stalled)) {
            CompletableFuture<Void> write = CompletableFuture.runAsync(
                    () -> assertThrows(CancellationException.class, () -> events.text("a")), threads.executor());
            stalled.awaitWrite();
            cancellation.cancel();
            write.get(30, TimeUnit.SECONDS);
        }
    }

    /** A client that takes events; its thread goes on as it came. */
    private static class Connection implements Client {
        private final OutputStream out;

        Connection(OutputStream out) {
            this.out = out;
        }

        @Override
        public void answer(Reply reply) {
            throw new AssertionError("events were asked for");
        }

        @Override
        public void streamJson(Writing writing) {
            throw new AssertionError("events were asked for");
        }

        @Override
        public void streamEvents(Writing writing) {
            writing.writeTo(out);
            assertFalse(Thread.currentThread().isInterrupted(), "the thread is used for other work");
        }
    }

    /** Keeps each write. */
    private static final class Taken extends OutputStream {
        private final BlockingQueue<String> writes = new LinkedBlockingQueue<>();

        @Override
        public void write(int one) throws IOException {
            throw new IOException("not used");
        }

        @Override
        public void write(byte[] bytes) {
            writes.add(new String(bytes, StandardCharsets.UTF_8));
        }

        @Nullable
        String now() {
            return writes.poll();
        }

        @Nullable
        String next() throws InterruptedException {
            return writes.poll(30, TimeUnit.SECONDS);
        }
    }

    /** The other end is gone. */
    private static final class Broken extends OutputStream {
        @Override
        public void write(int one) throws IOException {
            throw new IOException("Broken pipe");
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
