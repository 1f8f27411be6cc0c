package dev.parley.shared.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.testkit.ManualTime;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OutboundQueueTest {
    private static final int OVERHEAD = OutboundFrame.OVERHEAD_BYTES;
    private static final Duration STALL = Duration.ofSeconds(10);

    private final ManualTime time = new ManualTime();
    private final RecordingWire wire = new RecordingWire();
    private final List<Throwable> failures = new ArrayList<>();
    private final OutboundQueue queue = queue(10 * OVERHEAD);

    /** Writes down what is written; completes when told to, or at once. */
    private static final class RecordingWire implements Wire {
        final List<String> seen = new ArrayList<>();
        final ArrayDeque<Completion> open = new ArrayDeque<>();
        boolean atOnce;

        @Nullable
        Throwable thrown;

        @Override
        public void writeText(String text, Completion completion) {
            write(text, completion);
        }

        @Override
        public void writeBinary(ByteBuffer data, Completion completion) {
            byte[] bytes = new byte[data.remaining()];
            data.get(bytes);
            write("<" + new String(bytes, StandardCharsets.UTF_8) + ">", completion);
        }

        @Override
        public void writePing(Completion completion) {
            write("ping", completion);
        }

        @Override
        public void close(int code, String reason) {
            seen.add("close " + code + " " + reason);
        }

        private void write(String what, Completion completion) {
            seen.add(what);
            if (thrown instanceof RuntimeException failure) {
                throw failure;
            }
            if (thrown instanceof Error failure) {
                throw failure;
            }
            if (atOnce) {
                completion.written(null);
            } else {
                open.add(completion);
            }
        }

        void complete() {
            open.remove().written(null);
        }
    }

    @Test
    void messages_leave_in_order_one_at_a_time() {
        queue.offerText("a");
        queue.offerBinary(bytes("b"));
        queue.offerText("c");
        assertEquals(List.of("a"), wire.seen);
        wire.complete();
        assertEquals(List.of("a", "<b>"), wire.seen);
        wire.complete();
        wire.complete();
        assertEquals(List.of("a", "<b>", "c"), wire.seen);
        assertEquals(0, queue.queuedBytes());
    }

    @Test
    void a_wire_that_completes_at_once_does_not_make_the_stack_grow() {
        OutboundQueue large = queue(Integer.MAX_VALUE);
        for (int i = 0; i < 100_000; i++) {
            large.offerText("x");
        }
        wire.atOnce = true;
        wire.complete();
        assertEquals(100_000, wire.seen.size());
        assertEquals(0, large.queuedBytes());
    }

    @Test
    void what_does_not_fit_is_refused_until_something_has_left() {
        for (int i = 0; i < 9; i++) {
            assertTrue(queue.offerText("1234567"));
        }
        assertFalse(queue.offerText("1234567"));
        assertEquals(9 * (OVERHEAD + 7), queue.queuedBytes());
        wire.complete();
        assertTrue(queue.offerText("1234567"));
        assertTrue(failures.isEmpty());
    }

    @Test
    void the_bound_counts_bytes_not_characters() {
        queue.offerText("\u00e4\u20ac\ud83d\ude00\ud83d"); // 2, 3, 4, and 2 for half a pair
        assertEquals(OVERHEAD + 11, queue.queuedBytes());
    }

    @Test
    void an_empty_queue_takes_a_message_of_any_size_and_then_no_other() {
        assertTrue(queue.offerText("x".repeat(20 * OVERHEAD)));
        assertFalse(queue.offerText(""));
        wire.complete();
        assertTrue(queue.offerText(""));
    }

    @Test
    void a_bound_near_the_largest_number_does_not_overflow() {
        OutboundQueue large = queue(Integer.MAX_VALUE);
        for (int i = 0; i < 10; i++) {
            assertTrue(large.offerText("1234567"));
        }
        assertEquals(10 * (OVERHEAD + 7), large.queuedBytes());
    }

    @Test
    void the_owner_may_not_change_what_was_offered_by_moving_its_buffer() {
        queue.offerText("first");
        ByteBuffer data = bytes("binary");
        queue.offerBinary(data);
        data.position(6);
        wire.complete();
        wire.complete();
        assertEquals(List.of("first", "<binary>"), wire.seen);
        assertEquals(0, queue.queuedBytes());
    }

    @Test
    void a_ping_is_not_queued_behind_something_that_keeps_the_connection_alive_anyway() {
        queue.ping();
        queue.ping();
        assertEquals(List.of("ping"), wire.seen);
        assertEquals(OVERHEAD, queue.queuedBytes());
        wire.complete();
        assertEquals(0, queue.queuedBytes());
    }

    @Test
    void dropping_binary_takes_out_what_waits_and_nothing_else() {
        queue.offerBinary(bytes("being written"));
        queue.offerBinary(bytes("12345"));
        queue.offerText("text");
        queue.offerBinary(bytes("678"));
        assertEquals(8, queue.dropBinary());
        wire.complete();
        wire.complete();
        assertEquals(List.of("<being written>", "text"), wire.seen);
        assertEquals(0, queue.queuedBytes());
        assertEquals(0, queue.dropBinary());
    }

    @Test
    void close_after_flush_waits_for_what_waits_and_takes_nothing_more() {
        queue.offerText("a");
        queue.offerText("b");
        queue.closeAfterFlush(1000, "done");
        queue.closeAfterFlush(1001, "again");
        assertFalse(queue.offerText("c"));
        wire.complete();
        assertEquals(List.of("a", "b"), wire.seen);
        wire.complete();
        queue.closeNow(1001, "again");
        assertEquals(List.of("a", "b", "close 1000 done"), wire.seen);
        assertEquals(0, time.pending());
    }

    @Test
    void close_after_flush_of_an_idle_queue_closes_at_once() {
        queue.closeAfterFlush(1000, "done");
        assertEquals(List.of("close 1000 done"), wire.seen);
        assertFalse(queue.offerText("late"));
    }

    @Test
    void close_after_flush_when_all_that_waited_is_dropped_still_closes() {
        queue.offerText("a");
        queue.offerBinary(bytes("b"));
        queue.closeAfterFlush(1000, "done");
        queue.dropBinary();
        wire.complete();
        assertEquals(List.of("a", "close 1000 done"), wire.seen);
    }

    @Test
    void close_now_throws_away_what_waits_and_overtakes_a_flush() {
        queue.offerText("a");
        queue.offerText("b");
        queue.closeAfterFlush(1000, "done");
        queue.closeNow(4400, "bad");
        queue.closeNow(4400, "bad");
        wire.complete();
        assertEquals(List.of("a", "close 4400 bad"), wire.seen);
        assertEquals(0, queue.queuedBytes());
        assertEquals(0, time.pending());
    }

    @Test
    void discarded_it_calls_nobody() {
        queue.offerText("a");
        queue.offerText("b");
        queue.discard();
        wire.open.remove().written(new IOException("gone"));
        queue.closeNow(1000, "done");
        time.advance(Duration.ofHours(1));
        assertEquals(List.of("a"), wire.seen);
        assertEquals(List.of(), failures);
        assertEquals(0, time.pending());
        assertFalse(queue.offerText("c"));
    }

    @Test
    void a_failed_write_closes_and_is_told_once() {
        queue.offerText("a");
        queue.offerText("b");
        Wire.Completion first = wire.open.remove();
        IOException gone = new IOException("gone");
        first.written(gone);
        first.written(gone);
        first.written(null);
        assertEquals(List.of("a", "close 1011 Connection unusable"), wire.seen);
        assertEquals(List.of(gone), failures);
        assertFalse(queue.offerText("c"));
        assertEquals(0, queue.queuedBytes());
    }

    @Test
    void a_completion_told_twice_starts_one_write() {
        queue.offerText("a");
        queue.offerText("b");
        queue.offerText("c");
        Wire.Completion first = wire.open.remove();
        first.written(null);
        first.written(null);
        first.written(new IOException("late"));
        assertEquals(List.of("a", "b"), wire.seen);
        assertEquals(List.of(), failures);
    }

    @Test
    void a_wire_that_throws_counts_as_failed_whatever_it_throws() {
        for (Throwable thrown : List.of(new IllegalStateException("closed"), new NoClassDefFoundError("x"))) {
            failures.clear();
            wire.thrown = thrown;
            queue(1000).offerText("a");
            assertEquals(1, failures.size());
            assertSame(thrown, failures.get(0));
        }
    }

    @Test
    void a_peer_that_stops_reading_is_cut_off_also_while_closing() {
        queue.offerText("a");
        queue.offerText("b");
        queue.closeAfterFlush(1000, "done");
        time.advance(STALL);
        assertEquals(List.of("a", "close 1011 Connection unusable"), wire.seen);
        assertEquals(1, failures.size());
        assertInstanceOf(StalledException.class, failures.get(0));
        assertEquals("The peer took nothing for 10000 ms", failures.get(0).getMessage());
        assertEquals(0, queue.queuedBytes());
    }

    private OutboundQueue queue(int maxBytes) {
        return new OutboundQueue(wire, maxBytes, STALL, time, failures::add);
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
