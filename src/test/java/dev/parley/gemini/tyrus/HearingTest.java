package dev.parley.gemini.tyrus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.gemini.live.LiveConnection;
import dev.parley.gemini.live.LiveEvent;
import dev.parley.shared.failure.FailureKind;
import dev.parley.testkit.ScriptedLiveServer;
import dev.parley.testkit.ScriptedSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes from the server: frames of either kind, and every way a connection ends. */
class HearingTest {
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void text_and_binary_frames_mean_the_same(boolean text) {
        try (ScriptedLiveServer server = ScriptedLiveServer.start();
                LiveRig rig = new LiveRig((text ? server.sendTextFrames() : server).address())) {
            LiveRig.Heard heard = new LiveRig.Heard();
            rig.ready(heard);
            ScriptedSession session = server.nextSession();
            session.send("{}");
            session.sendAudio(new byte[] {1, 2, 3, 4});
            session.sendOutputTranscript("Grüß Gott ");
            session.sendTurnComplete();

            LiveEvent.ModelAudio audio = heard.next(LiveEvent.ModelAudio.class);
            assertEquals(4, audio.pcm().remaining());
            assertEquals(24_000, audio.rate());
            assertEquals(
                    "Grüß Gott ", heard.next(LiveEvent.OutputTranscript.class).delta());
            heard.next(LiveEvent.GenerationComplete.class);
            assertEquals(100, heard.next(LiveEvent.Usage.class).total());
            assertTrue(heard.next(LiveEvent.TurnComplete.class).idle());
        }
    }

    @Test
    void a_frame_of_ten_megabytes_is_heard() {
        try (ScriptedLiveServer server = ScriptedLiveServer.start();
                LiveRig rig = new LiveRig(server.address())) {
            LiveRig.Heard heard = new LiveRig.Heard();
            rig.ready(heard);
            server.nextSession().sendAudio(new byte[7_500_000]);
            assertEquals(7_500_000, heard.next(LiveEvent.ModelAudio.class).pcm().remaining());
        }
    }

    @Test
    void a_bad_frame_is_counted_and_the_conversation_goes_on() {
        try (ScriptedLiveServer server = ScriptedLiveServer.start();
                LiveRig rig = new LiveRig(server.address())) {
            LiveRig.Heard heard = new LiveRig.Heard();
            rig.ready(heard);
            ScriptedSession session = server.nextSession();
            session.send("{\"serverContent\":{\"x\":[1");
            session.sendBinary(new byte[] {(byte) 0xFF, 0, 1});
            session.send("{\"nobodyKnows\":{}}");
            session.sendInputTranscript("still here");
            assertEquals(
                    "still here", heard.next(LiveEvent.InputTranscript.class).delta());
            assertEquals(2, rig.counters.unreadableFrames());
            assertEquals(1, rig.counters.unknownMessages());
        }
    }

    @Test
    void a_server_that_speaks_something_else_is_left() {
        try (ScriptedLiveServer server = ScriptedLiveServer.start();
                LiveRig rig = new LiveRig(server.address())) {
            LiveRig.Heard heard = new LiveRig.Heard();
            rig.ready(heard);
            ScriptedSession session = server.nextSession();
            for (int i = 0; i < 20; i++) {
                session.sendText("hello " + i);
            }
            assertEquals(
                    FailureKind.UPSTREAM_REFUSED,
                    heard.next(LiveEvent.Closed.class).kind());
            session.awaitEnd();
            assertEquals(0, heard.waiting());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1000, '', UPSTREAM_UNAVAILABLE",
        "1007, Request contains an invalid argument., UPSTREAM_REFUSED",
        "1008, models/x is not found for API version v1beta, UPSTREAM_REFUSED",
        "1011, Internal error encountered., UPSTREAM_UNAVAILABLE",
        "1011, You exceeded your current quota, NO_CAPACITY",
        "1012, restart, UPSTREAM_UNAVAILABLE",
        "4000, what, UPSTREAM_UNAVAILABLE"
    })
    void a_close_frame_becomes_one_failure_with_its_code(int code, String reason, FailureKind kind) {
        try (ScriptedLiveServer server = ScriptedLiveServer.start();
                LiveRig rig = new LiveRig(server.address())) {
            LiveRig.Heard heard = new LiveRig.Heard();
            LiveConnection connection = rig.ready(heard);
            server.nextSession().close(code, reason);

            LiveEvent.Closed closed = heard.next(LiveEvent.Closed.class);
            assertEquals(kind, closed.kind());
            assertEquals(code, closed.code());
            assertEquals(reason, closed.reason());
            assertFalse(connection.sendText("after"));
            connection.close();
            connection.abort();
            assertEquals(0, heard.waiting());
            assertEquals(0, rig.upstream.openConnections());
        }
    }

    @Test
    void the_reason_survives_while_audio_is_still_being_sent() {
        try (ScriptedLiveServer server = ScriptedLiveServer.start();
                LiveRig rig = new LiveRig(server.address())) {
            LiveRig.Heard heard = new LiveRig.Heard();
            LiveConnection connection = rig.ready(heard);
            ScriptedSession session = server.nextSession();
            byte[] pcm = new byte[3200];
            for (int i = 0; i < 20; i++) {
                connection.sendAudio(pcm, 0, pcm.length);
            }
            session.close(1007, "API key not valid. Please pass a valid API key.");
            for (int i = 0; i < 20; i++) {
                connection.sendAudio(pcm, 0, pcm.length);
            }
            assertEquals(1007, heard.next(LiveEvent.Closed.class).code());
        }
    }

    @Test
    void a_reset_connection_is_1006() {
        try (ScriptedLiveServer server = ScriptedLiveServer.start();
                LiveRig rig = new LiveRig(server.address())) {
            LiveRig.Heard heard = new LiveRig.Heard();
            rig.ready(heard);
            server.nextSession().kill();
            LiveEvent.Closed closed = heard.next(LiveEvent.Closed.class);
            assertEquals(1006, closed.code());
            assertEquals(FailureKind.UPSTREAM_UNAVAILABLE, closed.kind());
            assertEquals(0, heard.waiting());
        }
    }

    @Test
    void a_key_that_the_server_echoes_is_not_told() {
        try (ScriptedLiveServer server = ScriptedLiveServer.start()
                        .script((session, message) -> session.close(1007, "API key " + LiveRig.KEY + " not valid"));
                LiveRig rig = new LiveRig(server.address())) {
            LiveRig.Heard heard = new LiveRig.Heard();
            rig.connect(heard);
            LiveEvent.Closed closed = heard.next(LiveEvent.Closed.class);
            assertEquals("API key [key] not valid", closed.reason());
            assertFalse(closed.toString().contains(LiveRig.KEY));
            assertTrue(closed.message().contains("\"first\""), closed.message());
        }
    }

    @Test
    void words_sent_right_after_the_handshake_are_not_lost() {
        try (ScriptedLiveServer server = ScriptedLiveServer.start().script((session, message) -> {
                    if (message.json().containsKey("setup")) {
                        session.sendSetupComplete();
                        session.sendHandle("h1");
                        session.sendGoAway(50);
                    }
                });
                LiveRig rig = new LiveRig(server.address())) {
            LiveRig.Heard heard = new LiveRig.Heard();
            rig.ready(heard);
            assertEquals(
                    "h1", heard.next(LiveEvent.ResumptionHandle.class).handle().orElseThrow());
            assertEquals(50, heard.next(LiveEvent.GoAway.class).timeLeft().toSeconds());
        }
    }

    @Test
    void a_stop_of_the_server_ends_every_connection() {
        try (ScriptedLiveServer server = ScriptedLiveServer.start();
                LiveRig rig = new LiveRig(server.address())) {
            LiveRig.Heard heard = new LiveRig.Heard();
            rig.ready(heard);
            rig.upstream.shutDown();
            assertEquals(
                    FailureKind.DRAINING, heard.next(LiveEvent.Closed.class).kind());
            server.nextSession().awaitEnd();
        }
    }

    @Test
    void utf_8_in_a_text_frame_stays_whole() {
        try (ScriptedLiveServer server = ScriptedLiveServer.start().sendTextFrames();
                LiveRig rig = new LiveRig(server.address())) {
            LiveRig.Heard heard = new LiveRig.Heard();
            rig.ready(heard);
            String words = "日本語 🎙 ñ";
            server.nextSession().sendInputTranscript(words);
            assertEquals(words, heard.next(LiveEvent.InputTranscript.class).delta());
        }
    }
}
