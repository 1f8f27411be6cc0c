package dev.parley.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.it.stage.Deployments;
import dev.parley.it.stage.ServerLog;
import dev.parley.it.stage.TestCaller;
import dev.parley.testkit.ScriptedLiveServer;
import dev.parley.testkit.ScriptedSession;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A browser that does not read what it is sent costs a bounded amount of memory, then its connection. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class SlowBrowserIT {
    private static final int SECOND_OF_MODEL_AUDIO = 48_000;

    /** Model audio of an hour and a half: more than the whole heap of the tested server could hold, waiting. */
    private static final int SECONDS = 5_600;

    private static final ScriptedLiveServer UPSTREAM = ScriptedLiveServer.start();

    @ArquillianResource
    private URL url;

    @Deployment(testable = false)
    static WebArchive parley() {
        return Deployments.talkingTo(
                UPSTREAM.address(), Map.of("parley.browser.stall-time", "2s", "parley.conversation.resume-time", "0s"));
    }

    @AfterAll
    static void close() {
        UPSTREAM.close();
    }

    @Test
    void a_browser_that_stops_reading_is_let_go_and_harms_nobody() throws IOException {
        URI server = Deployments.address(url);
        ServerLog log = new ServerLog();
        byte[] second = new byte[SECOND_OF_MODEL_AUDIO];
        try (TestCaller other = TestCaller.ready(server, "audio/pcm;rate=16000")) {
            ScriptedSession othersUpstream = UPSTREAM.nextSession();
            try (Socket slow = callWithoutReading(server)) {
                ScriptedSession flood = UPSTREAM.nextSession();
                int sent = 0;
                while (sent < SECONDS && !flood.isOver()) {
                    flood.sendAudio(second);
                    sent++;
                    if (sent % 10 == 0) {
                        othersUpstream.sendAudio(second);
                        other.awaitAudio(sent / 10 * SECOND_OF_MODEL_AUDIO);
                    }
                }
                flood.awaitEnd();
                assertTrue(slow.isBound());
            }
            othersUpstream.sendOutputTranscript("Still here.");
            othersUpstream.sendTurnComplete();
            other.next("turnComplete");
            assertEquals("Still here.", other.text("outputTranscript"));
            other.say("stop");
            assertEquals(1000, other.awaitClosing().code());
        }
        assertEquals(List.of(), log.faults());
    }

    /** A conversation over a socket that takes a few kilobytes and is never read after that. */
    private static Socket callWithoutReading(URI server) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4096);
        socket.connect(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), server.getPort()));
        String start = "{\"type\":\"start\",\"audio\":{\"mimeType\":\"audio/pcm;rate=16000\"}}";
        socket.getOutputStream()
                .write(("GET /ws/audio-live HTTP/1.1\r\nHost: 127.0.0.1:" + server.getPort()
                                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                                + "Sec-WebSocket-Key: c2xvdyBicm93c2VyIHRlc3Q=\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        int last = 0;
        // Up to the empty line; the server must have upgraded before frames are sent.
        while (last != 0x0d0a0d0a) {
            int next = socket.getInputStream().read();
            assertTrue(next >= 0, "the handshake was refused");
            last = (last << 8) | next;
        }
        byte[] text = start.getBytes(StandardCharsets.UTF_8);
        // One masked text frame of less than 126 bytes; the mask is zero (RFC 6455 §5.3).
        socket.getOutputStream()
                .write(ByteBuffer.allocate(6 + text.length)
                        .put((byte) 0x81)
                        .put((byte) (0x80 | text.length))
                        .putInt(0)
                        .put(text)
                        .array());
        return socket;
    }
}
