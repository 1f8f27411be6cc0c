package dev.parley.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.conversation.event.ClientEvent;
import dev.parley.shared.failure.FailureKind;
import dev.parley.shared.socket.OutboundQueue;
import dev.parley.shared.socket.Wire;
import dev.parley.testkit.ManualTime;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class BrowserChannelTest {
    private static final int AUDIO_BOUND = 10_000;

    private final ManualTime time = new ManualTime();
    private final FakeWire wire = new FakeWire();
    private final List<Throwable> failures = new ArrayList<>();
    private final OutboundQueue queue = new OutboundQueue(
            wire, AUDIO_BOUND + BrowserChannel.EVENT_RESERVE_BYTES, Duration.ofSeconds(20), time, failures::add);
    private int skipped;
    private final BrowserChannel channel = new BrowserChannel(queue, AUDIO_BOUND, bytes -> skipped += bytes);

    /** A peer that reads only when the test says so. */
    private static final class FakeWire implements Wire {
        final List<String> written = new ArrayList<>();
        final Queue<Completion> unread = new ArrayDeque<>();

        void readAll() {
            for (Completion next = unread.poll(); next != null; next = unread.poll()) {
                next.written(null);
            }
        }

        @Override
        public void writeText(String text, Completion completion) {
            written.add(text);
            unread.add(completion);
        }

        @Override
        public void writeBinary(ByteBuffer data, Completion completion) {
            written.add("binary " + data.remaining());
            unread.add(completion);
        }

        @Override
        public void writePing(Completion completion) {
            written.add("ping");
            unread.add(completion);
        }

        @Override
        public void close(int code, String reason) {
            written.add("close " + code + " " + reason);
        }
    }

    @Test
    void events_and_audio_leave_in_their_order_and_the_end_comes_last() {
        channel.tell(new ClientEvent.SpeechStart(Optional.empty()));
        assertTrue(channel.play(ByteBuffer.allocate(100)));
        channel.tell(new ClientEvent.SpeechEnd(Optional.empty()));
        channel.end(FailureKind.TIME_LIMIT, "over");
        wire.readAll();

        assertEquals(
                List.of(
                        "{\"type\":\"speechStart\"}",
                        "binary 100",
                        "{\"type\":\"speechEnd\"}",
                        "{\"type\":\"ended\",\"code\":4408,\"reason\":\"over\",\"retryable\":false}",
                        "close 4408 over"),
                wire.written);
    }

    @Test
    void a_slow_browser_is_refused_audio_beyond_its_bound_but_still_told_events() {
        int accepted = 0;
        while (channel.play(ByteBuffer.allocate(1_000))) {
            accepted++;
        }
        assertTrue(accepted >= 8 && accepted <= 10, "accepted " + accepted);
        channel.tell(new ClientEvent.TimeLeft(Duration.ofSeconds(10)));
        wire.readAll();

        assertEquals("{\"type\":\"timeLeft\",\"seconds\":10}", wire.written.get(wire.written.size() - 1));
        assertTrue(channel.play(ByteBuffer.allocate(1_000)));
    }

    @Test
    void an_interruption_takes_back_audio_that_has_not_left() {
        channel.play(ByteBuffer.allocate(1_000));
        channel.play(ByteBuffer.allocate(2_000));
        channel.tell(new ClientEvent.SpeechStart(Optional.empty()));
        channel.dropAudio();
        wire.readAll();

        assertEquals(List.of("binary 1000", "{\"type\":\"speechStart\"}"), wire.written);
    }

    @Test
    void a_browser_that_takes_no_events_at_all_is_disconnected() {
        ClientEvent event = new ClientEvent.InputTranscript("x".repeat(1_000), 1);
        for (int i = 0; i < 400; i++) {
            channel.tell(event);
        }
        assertEquals("close 4413 The connection is too slow", wire.written.get(wire.written.size() - 1));
        assertEquals(0, queue.queuedBytes());
    }

    @Test
    void a_browser_that_stops_reading_is_noticed() {
        channel.tell(new ClientEvent.SpeechStart(Optional.empty()));
        time.advance(Duration.ofSeconds(41));
        assertEquals(1, failures.size());
        assertFalse(channel.play(ByteBuffer.allocate(10)));
    }

    @Test
    void the_close_reason_fits_a_close_frame() {
        channel.end(FailureKind.UPSTREAM_REFUSED, "ä".repeat(200));
        wire.readAll();
        String close = wire.written.get(wire.written.size() - 1);
        assertEquals("close 4502 " + "ä".repeat(61), close);
    }

    @Test
    void a_message_rate_allows_bursts_of_two_seconds_and_then_the_average() {
        MessageRate rate = new MessageRate(50, time);
        int burst = 0;
        while (rate.take()) {
            burst++;
        }
        assertEquals(100, burst);
        time.advance(Duration.ofMillis(100));
        int afterwards = 0;
        while (rate.take()) {
            afterwards++;
        }
        assertEquals(5, afterwards);
    }

    @Test
    void a_connection_is_pinged_until_it_is_stopped() {
        KeepAlive keepAlive = new KeepAlive(queue, time, time, Duration.ofSeconds(90), () -> wire.written.add("dead"));
        keepAlive.start();
        time.advance(Duration.ofSeconds(25));
        wire.readAll();
        keepAlive.heard();
        time.advance(Duration.ofSeconds(25));
        assertEquals(List.of("ping", "ping"), wire.written);
        wire.readAll();
        keepAlive.stop();
        time.advance(Duration.ofMinutes(5));
        assertEquals(2, wire.written.size());
        assertEquals(0, time.pending());
    }

    @Test
    void a_connection_that_answers_nothing_is_told_once() {
        KeepAlive keepAlive = new KeepAlive(queue, time, time, Duration.ofSeconds(90), () -> wire.written.add("dead"));
        keepAlive.start();
        for (int i = 0; i < 20; i++) {
            time.advance(Duration.ofSeconds(25));
            wire.readAll();
        }
        assertEquals(List.of("ping", "ping", "ping", "dead"), wire.written);
        assertEquals(0, time.pending());
    }
}
