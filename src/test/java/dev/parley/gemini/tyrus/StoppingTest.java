package dev.parley.gemini.tyrus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.parley.gemini.live.LiveConnection;
import dev.parley.gemini.live.LiveEvent;
import dev.parley.shared.failure.FailureKind;
import dev.parley.testkit.ScriptedLiveServer;
import dev.parley.testkit.ScriptedSession;
import org.junit.jupiter.api.Test;

/** While the application is stopped, its timers and threads refuse before its connections have ended. */
class StoppingTest {
    @Test
    void every_listener_hears_the_end_and_every_socket_closes_though_the_timers_refuse() {
        try (ScriptedLiveServer server = ScriptedLiveServer.start();
                LiveRig rig = new LiveRig(server.address())) {
            LiveRig.Heard first = new LiveRig.Heard();
            LiveRig.Heard second = new LiveRig.Heard();
            rig.ready(first);
            ScriptedSession firstPeer = server.nextSession();
            rig.ready(second);
            ScriptedSession secondPeer = server.nextSession();

            rig.threads.close();
            rig.upstream.shutDown();

            assertEquals(
                    FailureKind.DRAINING, first.next(LiveEvent.Closed.class).kind());
            assertEquals(
                    FailureKind.DRAINING, second.next(LiveEvent.Closed.class).kind());
            firstPeer.awaitEnd();
            secondPeer.awaitEnd();
            assertEquals(0, rig.upstream.openConnections());
        }
    }

    @Test
    void a_close_reaches_the_peer_and_the_listener_though_the_timers_refuse() {
        try (ScriptedLiveServer server = ScriptedLiveServer.start();
                LiveRig rig = new LiveRig(server.address())) {
            LiveRig.Heard heard = new LiveRig.Heard();
            LiveConnection connection = rig.ready(heard);
            ScriptedSession peer = server.nextSession();

            rig.threads.close();
            connection.close();

            assertEquals(FailureKind.NORMAL, heard.next(LiveEvent.Closed.class).kind());
            assertEquals(1000, peer.awaitEnd().code());
            assertEquals(0, rig.upstream.openConnections());
        }
    }

    @Test
    void a_conversation_that_begins_too_late_ends_in_words() {
        try (ScriptedLiveServer server = ScriptedLiveServer.start();
                LiveRig rig = new LiveRig(server.address())) {
            rig.threads.close();
            LiveRig.Heard heard = new LiveRig.Heard();
            LiveConnection connection = rig.connect(heard);
            assertEquals(
                    FailureKind.DRAINING, heard.next(LiveEvent.Closed.class).kind());
            assertFalse(connection.sendText("x"));
            assertEquals(0, rig.upstream.openConnections());
        }
    }
}
