package dev.parley.gemini.socket;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.parley.testkit.ChildJvm;
import dev.parley.testkit.RealThreads;
import dev.parley.testkit.ScriptedLiveServer;
import dev.parley.testkit.ScriptedSession;
import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.Session;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.glassfish.tyrus.client.ClientManager;
import org.glassfish.tyrus.client.ClientProperties;
import org.glassfish.tyrus.client.ThreadPoolConfig;
import org.junit.jupiter.api.Test;

/** In virtual machines of their own: Tyrus has these threads once, and no later test could connect. */
class ClientThreadsTest {
    private static final long PATIENCE_MILLIS = 20_000;

    @Test
    void no_thread_of_the_client_is_left_after_the_application() {
        ChildJvm.run(List.of(), AfterConversation.class.getName());
    }

    @Test
    void an_application_that_never_connected_ends_as_well() {
        ChildJvm.run(List.of(), WithoutConversation.class.getName());
    }

    /** An application that had a connection, and ends. */
    static final class AfterConversation {
        private AfterConversation() {}

        public static void main(String[] arguments) throws Exception {
            Queue<Thread> pool = new ConcurrentLinkedQueue<>();
            try (RealThreads threads = new RealThreads();
                    ScriptedLiveServer server = ScriptedLiveServer.start()) {
                Set<Thread> before = new HashSet<>(Thread.getAllStackTraces().keySet());
                ClientManager client = ClientManager.createClient(PromptContainer.class.getName());
                client.getProperties()
                        .put(
                                ClientProperties.WORKER_THREAD_POOL_CONFIG,
                                ThreadPoolConfig.defaultConfig()
                                        .setThreadFactory(task -> {
                                            Thread thread = threads.factory().newThread(task);
                                            pool.add(thread);
                                            return thread;
                                        })
                                        .setCorePoolSize(1)
                                        .setMaxPoolSize(16));
                ScriptedSession peer = talk(client, threads, server);
                peer.awaitEnd();
                client.shutdown();
                assertFalse(pool.isEmpty());
                List<Thread> clock = awaitClock(before);
                assertEquals(1, clock.size(), "Tyrus has no thread that counts; is there anything to end?");

                ClientThreads.end(arguments);
                clock.forEach(ClientThreadsTest::awaitEnd);
                pool.forEach(ClientThreadsTest::awaitEnd);
                ClientThreads.end(arguments);
            }
            System.exit(0);
        }

        private static ScriptedSession talk(ClientManager client, RealThreads threads, ScriptedLiveServer server)
                throws Exception {
            ClientEndpointConfig config = ClientEndpointConfig.Builder.create().build();
            config.getUserProperties().put(PromptContainer.OWNER, new PromptContainer.Owner(threads, connected -> {}));
            Session session = client.connectToServer(
                    new Endpoint() {
                        @Override
                        public void onOpen(Session opened, EndpointConfig unused) {}
                    },
                    config,
                    URI.create(server.address().toString().replace("http", "ws") + "/x"));
            ScriptedSession peer = server.nextSession();
            session.close();
            return peer;
        }
    }

    /** One that ends without. */
    static final class WithoutConversation {
        private WithoutConversation() {}

        public static void main(String[] arguments) {
            assertDoesNotThrow(() -> ClientThreads.end(arguments));
            System.exit(0);
        }
    }

    private static List<Thread> clocks(Set<Thread> before) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !before.contains(thread) && thread.getName().contains("tyrus-jdk-container-idle"))
                .toList();
    }

    /** Tyrus starts it when it has seen its last connection end, which may be later than the peer has. */
    private static List<Thread> awaitClock(Set<Thread> before) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
        List<Thread> clock = clocks(before);
        while (clock.isEmpty() && System.nanoTime() < end) {
            Thread.onSpinWait();
            clock = clocks(before);
        }
        return clock;
    }

    private static void awaitEnd(Thread thread) {
        try {
            thread.join(PATIENCE_MILLIS);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        assertFalse(thread.isAlive(), thread.getName());
    }
}
