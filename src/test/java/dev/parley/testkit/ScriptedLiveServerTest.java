package dev.parley.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The test server against the JDK's own WebSocket client: a second opinion on its framing. */
class ScriptedLiveServerTest {
    @Test
    void another_client_sees_a_proper_server() throws Exception {
        try (ScriptedLiveServer server = ScriptedLiveServer.start().sendTextFrames()) {
            CompletableFuture<String> first = new CompletableFuture<>();
            CompletableFuture<Integer> closed = new CompletableFuture<>();
            WebSocket client = HttpClient.newHttpClient()
                    .newWebSocketBuilder()
                    .header("x-goog-api-key", "k")
                    .buildAsync(
                            URI.create(server.address().toString().replace("http", "ws") + "/ws/x?y=1"),
                            new WebSocket.Listener() {
                                @Override
                                public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
                                    first.complete(data.toString());
                                    socket.request(1);
                                    return null;
                                }

                                @Override
                                public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
                                    closed.complete(code);
                                    return null;
                                }
                            })
                    .get(20, TimeUnit.SECONDS);
            client.sendText("{\"setup\":", false).get(20, TimeUnit.SECONDS);
            client.sendText("{\"model\":\"m\"}}", true).get(20, TimeUnit.SECONDS);
            ScriptedSession session = server.nextSession();

            assertEquals("m", session.setup().getString("model"));
            assertEquals("{\"setupComplete\":{}}", first.get(20, TimeUnit.SECONDS));
            assertEquals("k", session.headers().get("x-goog-api-key"));
            assertEquals("/ws/x?y=1", session.target());

            client.sendText("{\"realtimeInput\":{\"audio\":{\"data\":\"AQID\"}}}", true)
                    .get(20, TimeUnit.SECONDS);
            assertArrayEquals(new byte[] {1, 2, 3}, session.awaitAudioBytes(3));
            session.close(1011, "Internal error encountered.");
            assertEquals(1011, closed.get(20, TimeUnit.SECONDS));
        }
    }
}
