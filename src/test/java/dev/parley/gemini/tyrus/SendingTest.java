package dev.parley.gemini.tyrus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.gemini.live.LiveConnection;
import dev.parley.gemini.live.LiveConnection.Picture;
import dev.parley.gemini.live.LiveEvent;
import dev.parley.shared.failure.FailureKind;
import dev.parley.testkit.ScriptedLiveServer;
import dev.parley.testkit.ScriptedSession;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** What leaves towards the server: order, content, bounds, and where the key goes. */
class SendingTest {
    @Test
    void ten_thousand_pieces_of_audio_arrive_whole_and_in_order() {
        try (ScriptedLiveServer server = ScriptedLiveServer.start();
                LiveRig rig = new LiveRig(server.address(), "parley.gemini.queue-bytes", "64000000")) {
            LiveConnection connection = rig.ready(new LiveRig.Heard());
            ScriptedSession session = server.nextSession();

            byte[] pcm = new byte[1280];
            for (int i = 0; i < 10_000; i++) {
                ByteBuffer.wrap(pcm).putInt(i).putInt(1276, ~i);
                assertTrue(connection.sendAudio(pcm, 0, pcm.length));
            }

            List<ScriptedSession.Message> messages = session.awaitMessages(10_001);
            for (int i = 0; i < 10_000; i++) {
                ByteBuffer audio = messages.get(i + 1).audio();
                assertEquals(1280, audio.remaining());
                assertEquals(i, audio.getInt(0));
                assertEquals(~i, audio.getInt(1276));
            }
            assertEquals(10_001, session.messages().size());
        }
    }

    @Test
    void pairs_of_messages_close_after_one_another_are_never_left_behind() {
        try (ScriptedLiveServer server = ScriptedLiveServer.start();
                LiveRig rig = new LiveRig(server.address(), "parley.gemini.queue-bytes", "64000000")) {
            LiveConnection connection = rig.ready(new LiveRig.Heard());
            ScriptedSession session = server.nextSession();

            byte[] pcm = new byte[640];
            for (int i = 0; i < 2_000; i++) {
                assertTrue(connection.sendAudio(pcm, 0, pcm.length));
                // A write takes tens of microseconds: this walks over the moments around its completion.
                LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(i % 100));
                assertTrue(connection.sendAudio(pcm, 0, pcm.length));
            }

            session.awaitAudioBytes(4_000 * 640);
        }
    }

    @Test
    void each_kind_of_input_has_its_own_message() {
        try (ScriptedLiveServer server = ScriptedLiveServer.start();
                LiveRig rig = new LiveRig(server.address())) {
            LiveConnection connection = rig.ready(new LiveRig.Heard());
            assertTrue(connection.sendText("Grüß \"Gott\""));
            assertTrue(connection.sendActivityStart());
            assertTrue(connection.sendAudio(new byte[] {9, 1, 2, 3, 4, 9}, 1, 4));
            assertTrue(connection.sendActivityEnd());
            assertTrue(connection.sendAudioStreamEnd());
            ScriptedSession session = server.nextSession();
            session.awaitMessages(6); // nothing waits any more
            assertTrue(connection.sendPicture(new Picture("image/jpeg", "/9j/4AAQ")));

            List<String> texts = session.awaitMessages(7).stream()
                    .skip(1)
                    .map(ScriptedSession.Message::text)
                    .toList();
            assertEquals(
                    List.of(
                            "{\"realtimeInput\":{\"text\":\"Grüß \\\"Gott\\\"\"}}",
                            "{\"realtimeInput\":{\"activityStart\":{}}}",
                            "{\"realtimeInput\":{\"audio\":{\"mimeType\":\"audio/pcm;rate=16000\",\"data\":\"AQIDBA==\"}}}",
                            "{\"realtimeInput\":{\"activityEnd\":{}}}",
                            "{\"realtimeInput\":{\"audioStreamEnd\":true}}",
                            "{\"realtimeInput\":{\"video\":{\"data\":\"/9j/4AAQ\",\"mimeType\":\"image/jpeg\"}}}"),
                    texts);
        }
    }

    @Test
    void the_protocol_of_december_2024_is_a_matter_of_configuration() {
        try (ScriptedLiveServer server = ScriptedLiveServer.start();
                LiveRig rig = new LiveRig(
                        server.address(),
                        "parley.gemini.version",
                        "v1alpha",
                        "parley.gemini.audio-field",
                        "mediaChunks")) {
            LiveRig.Heard heard = new LiveRig.Heard();
            LiveConnection connection = rig.connect("gemini-2.0-flash-exp", heard);
            heard.next(LiveEvent.Ready.class);
            connection.sendAudio(new byte[] {1, 2}, 0, 2);
            connection.sendText("Hi");

            ScriptedSession session = server.nextSession();
            session.awaitMessages(3);
            connection.sendPicture(new Picture("image/png", "iVBORw0KGgo="));
            List<ScriptedSession.Message> messages = session.awaitMessages(4);
            assertEquals(
                    "/ws/google.ai.generativelanguage.v1alpha.GenerativeService.BidiGenerateContent", session.target());
            assertEquals(
                    "{\"realtimeInput\":{\"mediaChunks\":[{\"mimeType\":\"audio/pcm;rate=16000\",\"data\":\"AQI=\"}]}}",
                    messages.get(1).text());
            assertEquals(
                    "{\"clientContent\":{\"turnComplete\":true,\"turns\":[{\"parts\":[{\"text\":\"Hi\"}],\"role\":\"user\"}]}}",
                    messages.get(2).text());
            assertEquals(
                    "{\"realtimeInput\":{\"mediaChunks\":[{\"data\":\"iVBORw0KGgo=\",\"mimeType\":\"image/png\"}]}}",
                    messages.get(3).text());
        }
    }

    @Test
    void the_key_travels_in_its_header_and_nowhere_else() {
        try (ScriptedLiveServer server = ScriptedLiveServer.start();
                LiveRig rig = new LiveRig(server.address())) {
            rig.ready(new LiveRig.Heard());
            ScriptedSession session = server.nextSession();

            assertEquals(LiveRig.KEY, session.headers().get("x-goog-api-key"));
            assertEquals(
                    "/ws/google.ai.generativelanguage.v1beta.GenerativeService.BidiGenerateContent", session.target());
            assertFalse(session.headers().containsKey("origin"));
            assertEquals(
                    1,
                    session.headers().values().stream()
                            .filter(value -> value.contains(LiveRig.KEY))
                            .count());
            assertFalse(session.awaitMessages(1).get(0).text().contains(LiveRig.KEY));
        }
    }

    @Test
    void nothing_is_sent_before_the_setup_is_confirmed() {
        try (ScriptedLiveServer server = ScriptedLiveServer.start().script(ScriptedLiveServer.SILENT);
                LiveRig rig = new LiveRig(server.address())) {
            LiveRig.Heard heard = new LiveRig.Heard();
            LiveConnection connection = rig.connect(heard);
            ScriptedSession session = server.nextSession();
            session.setup();
            assertFalse(connection.sendAudio(new byte[2], 0, 2));
            assertFalse(connection.sendText("early"));

            session.sendSetupComplete();
            heard.next(LiveEvent.Ready.class);
            assertTrue(connection.sendText("in time"));
            assertEquals(
                    "{\"realtimeInput\":{\"text\":\"in time\"}}",
                    session.awaitMessages(2).get(1).text());
        }
    }

    @Test
    void a_full_queue_refuses_audio_and_counts_it() {
        try (ScriptedLiveServer server = ScriptedLiveServer.start();
                LiveRig rig = new LiveRig(server.address(), "parley.gemini.queue-bytes", "65536")) {
            LiveConnection connection = rig.ready(new LiveRig.Heard());
            ScriptedSession session = server.nextSession();
            session.pauseReading();

            int taken = 0;
            byte[] pcm = new byte[3200];
            while (taken < 100_000 && connection.sendAudio(pcm, 0, pcm.length)) {
                taken++;
            }
            assertTrue(taken < 100_000, "the socket and the queue took everything");
            assertEquals(3200, rig.counters.droppedAudioBytes());

            session.resumeReading();
            session.awaitAudioBytes(taken * 3200);
        }
    }

    @Test
    void a_server_that_stops_reading_is_given_up() {
        try (ScriptedLiveServer server = ScriptedLiveServer.start();
                LiveRig rig = new LiveRig(server.address(), "parley.gemini.stall-timeout", "200ms")) {
            LiveRig.Heard heard = new LiveRig.Heard();
            LiveConnection connection = rig.ready(heard);
            ScriptedSession session = server.nextSession();
            session.pauseReading();
            byte[] pcm = new byte[3200];
            while (heard.waiting() == 0) { // the network's buffers take megabytes first
                connection.sendAudio(pcm, 0, pcm.length);
                LockSupport.parkNanos(10_000);
            }
            LiveEvent.Closed closed = heard.next(LiveEvent.Closed.class);
            assertEquals(FailureKind.UPSTREAM_UNAVAILABLE, closed.kind());
            assertEquals("Gemini stopped taking what was sent. Try again in a moment.", closed.message());
            assertFalse(connection.sendAudio(pcm, 0, pcm.length));
        }
    }

    @Test
    void what_is_queued_leaves_before_a_graceful_close() {
        try (ScriptedLiveServer server = ScriptedLiveServer.start();
                LiveRig rig = new LiveRig(server.address())) {
            LiveRig.Heard heard = new LiveRig.Heard();
            LiveConnection connection = rig.ready(heard);
            byte[] pcm = new byte[3200];
            for (int i = 0; i < 100; i++) {
                connection.sendAudio(pcm, 0, pcm.length);
            }
            connection.close();
            connection.close();
            assertFalse(connection.sendText("late"));

            ScriptedSession session = server.nextSession();
            assertEquals(1000, session.awaitEnd().code());
            assertEquals(320_000, session.audio().length);
            assertEquals(FailureKind.NORMAL, heard.next(LiveEvent.Closed.class).kind());
            connection.abort();
            connection.close();
            assertEquals(0, heard.waiting());
            assertEquals(0, rig.upstream.openConnections());
        }
    }

    @Test
    void an_abort_is_told_at_once_and_once() {
        try (ScriptedLiveServer server = ScriptedLiveServer.start();
                LiveRig rig = new LiveRig(server.address())) {
            LiveRig.Heard heard = new LiveRig.Heard();
            LiveConnection connection = rig.ready(heard);
            connection.abort();
            connection.abort();
            connection.close();
            assertEquals(FailureKind.NORMAL, heard.next(LiveEvent.Closed.class).kind());
            server.nextSession().awaitEnd();
            assertEquals(0, heard.waiting());
        }
    }
}
