package dev.parley.simulator.door;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.shared.execution.Timers;
import dev.parley.shared.settings.SettingsReader;
import dev.parley.simulator.Simulator;
import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.CloseReason;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.OnMessage;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerApplicationConfig;
import jakarta.websocket.server.ServerEndpoint;
import jakarta.websocket.server.ServerEndpointConfig;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.glassfish.tyrus.client.ClientManager;
import org.glassfish.tyrus.server.Server;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The simulator behind a real WebSocket server, on a loopback address. */
class SimulatorSocketTest {
    private static final String LIVE = "/ws/google.ai.generativelanguage.v1beta.GenerativeService.BidiGenerateContent";
    private static final String SETUP = "{\"setup\":{\"model\":\"models/gemini-3.8-live\"}}";

    private static final ScheduledExecutorService THREADS = Executors.newScheduledThreadPool(2);
    private static final ClientManager CLIENTS =
            ClientManager.createClient("org.glassfish.tyrus.container.jdk.client.JdkClientContainer");
    private static Simulator simulator = simulator(Map.of());
    private static Server server;

    private final List<Session> opened = new ArrayList<>();

    @BeforeAll
    static void start() throws Exception {
        simulator = simulator(Map.of("parley.simulator.max-sessions", "25"));
        Application.endpoints = SimulatorRegistration.endpoints(simulator);
        server = new Server("127.0.0.1", -1, "/", Map.of(), Application.class);
        server.start();
    }

    @AfterAll
    static void stop() {
        server.stop();
        CLIENTS.shutdown();
        THREADS.shutdownNow();
    }

    @AfterEach
    void close() throws Exception {
        for (Session session : opened) {
            if (session.isOpen()) {
                session.close();
            }
        }
    }

    @Test
    void a_client_speaks_with_it_as_with_google() throws Exception {
        Client client = dial(LIVE + "?key=any");
        client.session.getBasicRemote().sendText(SETUP);
        assertEquals("{\"setupComplete\":{}}", client.next());
        client.session.getBasicRemote().sendText("{\"realtimeInput\":{\"text\":\"/simulate text-frames\"}}");
        client.session
                .getBasicRemote()
                .sendBinary(StandardCharsets.UTF_8.encode("{\"realtimeInput\":{\"text\":\"hello\"}}"));
        String frame = client.next();
        while (!frame.contains("turnComplete")) {
            frame = client.next();
        }
        assertTrue(frame.contains("usageMetadata"));
        assertTrue(client.texts > 3);
        assertEquals(1, client.binaries, "only what came before the switch");
    }

    @Test
    void large_frames_pass_both_ways() throws Exception {
        Client client = dial(LIVE + "?key=any");
        client.session.getBasicRemote().sendText(SETUP);
        client.next();
        client.session
                .getBasicRemote()
                .sendText("{\"clientContent\":{\"turns\":[{\"role\":\"user\",\"parts\":[{\"inlineData\":{\"mimeType\":"
                        + "\"image/png\",\"data\":\"" + "A".repeat(3_000_000) + "\"}}]}],\"turnComplete\":true}}");
        assertTrue(client.next().contains("serverContent"));
        client.session.getBasicRemote().sendText("{\"realtimeInput\":{\"text\":\"/simulate big-frame 2000\"}}");
        String frame = client.next();
        while (frame.length() < 2_000_000) {
            frame = client.next();
        }
        assertTrue(client.session.isOpen());
    }

    @Test
    void each_connection_has_its_own_credential() throws Exception {
        List<Client> clients = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            clients.add(dial(LIVE + (i % 2 == 0 ? "?key=any" : "?key=invalid")));
        }
        for (int i = 0; i < clients.size(); i++) {
            if (i % 2 == 0) {
                clients.get(i).session.getBasicRemote().sendText(SETUP);
                assertEquals("{\"setupComplete\":{}}", clients.get(i).next());
            } else {
                assertEquals(
                        "1007 API key not valid. Please pass a valid API key.",
                        clients.get(i).closed());
            }
        }
    }

    @Test
    void the_key_may_come_in_a_header_and_the_service_may_be_vertex() throws Exception {
        Client client = dial(
                "/ws/google.cloud.aiplatform.v1beta1.LlmBidiService/BidiGenerateContent",
                Map.of("Authorization", List.of("Bearer token")));
        client.session
                .getBasicRemote()
                .sendText(SETUP.replace("models/", "projects/p/locations/eu/publishers/google/models/"));
        assertTrue(client.next().contains("sessionId"));
        assertEquals(1008, Integer.parseInt(dial(LIVE).closed().substring(0, 4)), "no key");
    }

    @Test
    void exact_paths_win_over_the_template_and_unknown_services_are_closed() throws Exception {
        Client echo = dial("/ws/audio-live");
        echo.session.getBasicRemote().sendText("hello");
        assertEquals("echo hello", echo.next());
        assertTrue(dial("/ws/google.ai.generativelanguage.v7.GenerativeService.BidiGenerateContent?key=k")
                .closed()
                .startsWith("1008 There is no such service"));
    }

    @Test
    void a_lost_client_frees_its_place() throws Exception {
        awaitNoSession();
        List<Client> clients = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            clients.add(dial(LIVE + "?key=any"));
        }
        awaitSessions(25); // a handshake is answered before the server counts its session
        assertTrue(dial(LIVE + "?key=any").closed().startsWith("1011 You exceeded your current quota"));
        for (Client client : clients) {
            client.session.close();
        }
        awaitNoSession();
        Client again = dial(LIVE + "?key=any");
        again.session.getBasicRemote().sendText(SETUP);
        assertEquals("{\"setupComplete\":{}}", again.next());
    }

    @Test
    void the_paths_do_not_exist_while_the_simulator_is_off() {
        assertFalse(simulator(Map.of("GEMINI_API_KEY", "k")).isEnabled());
        assertTrue(simulator.isEnabled());
    }

    private void awaitNoSession() throws Exception {
        close();
        awaitSessions(0);
    }

    private static void awaitSessions(int expected) throws Exception {
        CompletableFuture<Void> reached = new CompletableFuture<>();
        ScheduledFuture<?> look = THREADS.scheduleAtFixedRate(
                () -> {
                    if (simulator.openSessions() == expected) {
                        reached.complete(null);
                    }
                },
                0,
                10,
                TimeUnit.MILLISECONDS);
        try {
            reached.get(10, SECONDS);
        } finally {
            look.cancel(false);
        }
    }

    private Client dial(String path) throws Exception {
        return dial(path, Map.of());
    }

    private Client dial(String path, Map<String, List<String>> headers) throws Exception {
        Client client = new Client();
        ClientEndpointConfig config = ClientEndpointConfig.Builder.create()
                .configurator(new ClientEndpointConfig.Configurator() {
                    @Override
                    public void beforeRequest(Map<String, List<String>> request) {
                        request.putAll(headers);
                    }
                })
                .build();
        Session session =
                CLIENTS.connectToServer(client, config, URI.create("ws://127.0.0.1:" + server.getPort() + path));
        opened.add(session);
        return client;
    }

    private static Simulator simulator(Map<String, String> settings) {
        Timers timers = (delay, task) -> {
            ScheduledFuture<?> scheduled = THREADS.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
            return () -> scheduled.cancel(false);
        };
        return new Simulator(
                new SettingsReader(name -> Optional.ofNullable(settings.get(name))),
                Clock.systemUTC(),
                timers,
                THREADS);
    }

    /** What the container scans. */
    public static final class Application implements ServerApplicationConfig {
        private static List<ServerEndpointConfig> endpoints = List.of();

        @Override
        public Set<ServerEndpointConfig> getEndpointConfigs(Set<Class<? extends Endpoint>> found) {
            return Set.copyOf(endpoints);
        }

        @Override
        public Set<Class<?>> getAnnotatedEndpointClasses(Set<Class<?>> found) {
            return Set.of(AudioLive.class);
        }
    }

    /** Stands for another door. */
    @ServerEndpoint("/ws/audio-live")
    public static final class AudioLive {
        /** Answers. */
        @OnMessage
        public String echo(String text) {
            return "echo " + text;
        }
    }

    private static final class Client extends Endpoint {
        private final BlockingQueue<String> frames = new LinkedBlockingQueue<>();
        private final CompletableFuture<String> closed = new CompletableFuture<>();

        @SuppressWarnings("NullAway.Init") // by onOpen, before the dial returns
        private volatile Session session;

        private volatile int texts;
        private volatile int binaries;

        @Override
        public void onOpen(Session opened, EndpointConfig config) {
            session = opened;
            opened.addMessageHandler(new MessageHandler.Whole<String>() {
                @Override
                @SuppressWarnings("NonAtomicVolatileUpdate") // one thread at a time
                public void onMessage(String text) {
                    texts++;
                    frames.add(text);
                }
            });
            opened.addMessageHandler(new MessageHandler.Whole<ByteBuffer>() {
                @Override
                @SuppressWarnings("NonAtomicVolatileUpdate") // one thread at a time
                public void onMessage(ByteBuffer data) {
                    binaries++;
                    frames.add(StandardCharsets.UTF_8.decode(data).toString());
                }
            });
        }

        @Override
        public void onClose(Session session, CloseReason reason) {
            closed.complete(reason.getCloseCode().getCode() + " " + reason.getReasonPhrase());
        }

        String next() throws InterruptedException {
            String frame = frames.poll(20, SECONDS);
            assertNotNull(frame, "nothing came; closed: " + closed.getNow("no"));
            return frame;
        }

        String closed() throws InterruptedException, ExecutionException, TimeoutException {
            return closed.get(20, SECONDS);
        }
    }
}
