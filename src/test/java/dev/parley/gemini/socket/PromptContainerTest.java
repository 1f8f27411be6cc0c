package dev.parley.gemini.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.testkit.RealThreads;
import dev.parley.testkit.ScriptedLiveServer;
import dev.parley.testkit.ScriptedSession;
import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.CloseReason;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.Session;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousSocketChannel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.glassfish.tyrus.client.ClientManager;
import org.junit.jupiter.api.Test;

class PromptContainerTest {
    @Test
    void the_socket_sends_at_once_and_can_be_hung_up_while_a_write_is_stuck() throws Exception {
        CompletableFuture<AsynchronousSocketChannel> socket = new CompletableFuture<>();
        CompletableFuture<CloseReason> closed = new CompletableFuture<>();
        ClientEndpointConfig config = ClientEndpointConfig.Builder.create().build();
        ClientManager client = ClientManager.createClient(PromptContainer.class.getName());
        try (RealThreads threads = new RealThreads();
                ScriptedLiveServer server = ScriptedLiveServer.start()) {
            config.getUserProperties()
                    .put(
                            PromptContainer.OWNER,
                            new PromptContainer.Owner(threads, connected -> socket.complete(connected.socket())));
            Session session = client.connectToServer(
                    new Endpoint() {
                        @Override
                        public void onOpen(Session opened, EndpointConfig unused) {}

                        @Override
                        public void onClose(Session over, CloseReason reason) {
                            closed.complete(reason);
                        }
                    },
                    config,
                    URI.create(server.address().toString().replace("http", "ws") + "/x"));
            AsynchronousSocketChannel channel = socket.get(20, TimeUnit.SECONDS);
            assertTrue(channel.getOption(StandardSocketOptions.TCP_NODELAY));

            ScriptedSession peer = server.nextSession();
            peer.pauseReading();
            session.getAsyncRemote().sendBinary(ByteBuffer.allocate(64 << 20), result -> {});
            channel.shutdownInput();
            assertEquals(1006, closed.get(20, TimeUnit.SECONDS).getCloseCode().getCode());
            assertFalse(channel.isOpen());
            peer.resumeReading();
            peer.awaitEnd();
        } finally {
            client.shutdown();
        }
    }
}
