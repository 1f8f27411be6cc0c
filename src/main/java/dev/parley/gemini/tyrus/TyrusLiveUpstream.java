package dev.parley.gemini.tyrus;

import dev.parley.gemini.access.Credential;
import dev.parley.gemini.access.UpstreamAccess;
import dev.parley.gemini.connection.ConnectionLife;
import dev.parley.gemini.connection.OwnEnds;
import dev.parley.gemini.connection.SendingConnection;
import dev.parley.gemini.failure.DialFailures;
import dev.parley.gemini.live.LiveConnection;
import dev.parley.gemini.live.LiveListener;
import dev.parley.gemini.live.LiveRequest;
import dev.parley.gemini.live.LiveUpstream;
import dev.parley.gemini.live.UpstreamCounters;
import dev.parley.gemini.settings.LiveAddress;
import dev.parley.gemini.settings.LiveSettings;
import dev.parley.gemini.socket.PromptContainer;
import dev.parley.shared.execution.MayBlock;
import dev.parley.shared.execution.Timers;
import dev.parley.shared.figures.FigureBoard;
import dev.parley.shared.figures.FigureSource;
import dev.parley.shared.settings.SettingsReader;
import dev.parley.shared.socket.OutboundQueue;
import dev.parley.shared.socket.tyrus.TyrusContainers;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.DeploymentException;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import org.glassfish.tyrus.client.ClientManager;
import org.glassfish.tyrus.client.ClientProperties;
import org.glassfish.tyrus.client.ThreadPoolConfig;

/** Dials Live API servers with one Tyrus client for the whole application. Any thread. */
@ApplicationScoped
public class TyrusLiveUpstream implements LiveUpstream, FigureSource {
    private static final System.Logger LOG = System.getLogger(TyrusLiveUpstream.class.getName());

    /** Dials block a thread of the executor for a round trip or three; more at once would starve everybody else. */
    private static final int MOST_DIALS = 16;

    private static final int MOST_WAITING_DIALS = 512;
    private static final int CLIENT_THREADS = 16;

    /** Model audio comes in large frames; Tyrus closes the connection on one above its default of 4 MB. */
    private static final int MOST_FRAME_BYTES = 20 << 20;

    private final LiveSettings settings;
    private final LiveAddress address;
    private final UpstreamAccess access;
    private final Timers timers;
    private final UpstreamCounters counters;
    private final ClientManager client;
    private final DialQueue dials;
    private final Set<ConnectionLife> connections = ConcurrentHashMap.newKeySet();

    /** For CDI's client proxy only, which has no use for the fields. */
    @SuppressWarnings("NullAway") // the proxy's own fields are never read
    protected TyrusLiveUpstream() {
        settings = null;
        address = null;
        access = null;
        timers = null;
        counters = null;
        client = null;
        dials = null;
    }

    /** Reads the settings. */
    @Inject
    public TyrusLiveUpstream(
            SettingsReader reader,
            LiveAddress address,
            UpstreamAccess access,
            @MayBlock Executor executor,
            Timers timers,
            ThreadFactory threadFactory,
            UpstreamCounters counters) {
        settings = LiveSettings.read(reader);
        this.address = address;
        this.access = access;
        this.timers = timers;
        this.counters = counters;
        dials = new DialQueue(executor, MOST_DIALS, MOST_WAITING_DIALS);
        client = client(settings, threadFactory);
    }

    /** Makes the container read settings and keys at start, so that those that make no sense stop the deployment. */
    void checkSettings(@Observes @Initialized(ApplicationScoped.class) Object started) {
        String answers = address.simulated()
                ? "the built-in simulator, as there is no key"
                : settings.service().title();
        LOG.log(System.Logger.Level.INFO, "Conversations are answered by " + answers);
    }

    @Override
    public LiveConnection connect(LiveRequest request, LiveListener listener) {
        ConnectionLife life = new ConnectionLife(request, settings, timers, counters, listener, connections::remove);
        LiveConnection connection = new SendingConnection(life, settings.audioField(), counters);
        Optional<URI> base = address.base();
        if (base.isEmpty()) {
            life.end(DialFailures.simulatorNotReady());
            return connection;
        }
        connections.add(life);
        life.begin(() -> access.isFetching() ? DialFailures.noTokenInTime() : DialFailures.timedOut());
        if (!dials.submit(() -> dial(life, target(base.get())))) {
            life.end(DialFailures.tooManyDials());
        }
        return connection;
    }

    /** Connections dialling or open; for metrics. */
    public int openConnections() {
        return connections.size();
    }

    @Override
    public void show(FigureBoard board) {
        Map<String, String> side = Map.of("side", "upstream");
        board.level(
                "websocket.open",
                "",
                "WebSocket connections, those being dialled included",
                side,
                this::openConnections);
        board.level("websocket.queued", "bytes", "What waits to be written to WebSockets", side, this::queuedBytes);
    }

    private long queuedBytes() {
        return connections.stream()
                .map(ConnectionLife::taken)
                .filter(Objects::nonNull)
                .mapToLong(OutboundQueue::queuedBytes)
                .sum();
    }

    /** Ends every connection and the client's threads. */
    @PreDestroy
    public void shutDown() {
        try {
            connections.forEach(TyrusLiveUpstream::stop);
        } finally {
            client.shutdown();
        }
    }

    private static void stop(ConnectionLife life) {
        try {
            life.end(OwnEnds.STOPPING);
        } catch (RuntimeException | Error defect) { // an Error too: the others must end as well
            LOG.log(System.Logger.Level.WARNING, "A connection to Gemini could not be ended", defect);
        }
    }

    private void dial(ConnectionLife life, URI target) {
        try {
            for (int tried = 0; life.isDialling(); tried++) {
                Credential credential = access.credential(life.request().key());
                try {
                    connect(life, target, credential);
                    return;
                } catch (DeploymentException refused) { // a new credential that is refused as well is no good
                    if (tried > 0 || !DialFailures.isSignInRefused(refused) || !access.refused(credential)) {
                        throw refused;
                    }
                }
            }
        } catch (Exception failure) { // also what Tyrus throws beside its declared exceptions
            life.dialFailed(failure);
        }
    }

    private void connect(ConnectionLife life, URI target, Credential credential)
            throws DeploymentException, IOException {
        if (!life.isDialling()) {
            return;
        }
        counters.countDial();
        ClientEndpointConfig config = ClientEndpointConfig.Builder.create()
                .configurator(new CredentialHeader(credential))
                .build();
        TyrusEndpoint endpoint = new TyrusEndpoint(life, timers, counters);
        config.getUserProperties().put(PromptContainer.OWNER, new PromptContainer.Owner(timers, endpoint::connected));
        client.connectToServer(endpoint, config, target);
    }

    /** The WebSocket address of the Live method under a base address. */
    private URI target(URI base) {
        return target(base, settings.service().livePath(settings.version()));
    }

    static URI target(URI base, String path) {
        String trimmed = base.toString().replaceAll("/+$", "");
        // http → ws, https → wss
        return URI.create("ws" + trimmed.substring("http".length()) + path);
    }

    private static ClientManager client(LiveSettings settings, ThreadFactory threadFactory) {
        ClientManager client = ClientManager.createClient(PromptContainer.class.getName());
        TyrusContainers.spareIdleTasks(client);
        client.getProperties()
                .put(
                        ClientProperties.WORKER_THREAD_POOL_CONFIG,
                        // With as many core threads as threads at most, Tyrus deadlocks at the first dials.
                        ThreadPoolConfig.defaultConfig()
                                .setPoolName("parley-gemini")
                                .setThreadFactory(threadFactory)
                                .setCorePoolSize(1)
                                .setMaxPoolSize(CLIENT_THREADS));
        client.getProperties().put(ClientProperties.INCOMING_BUFFER_SIZE, MOST_FRAME_BYTES);
        client.getProperties()
                .put(
                        ClientProperties.HANDSHAKE_TIMEOUT,
                        Math.toIntExact(settings.connectTimeout().toMillis()));
        client.setDefaultMaxBinaryMessageBufferSize(MOST_FRAME_BYTES);
        client.setDefaultMaxTextMessageBufferSize(MOST_FRAME_BYTES);
        return client;
    }
}
