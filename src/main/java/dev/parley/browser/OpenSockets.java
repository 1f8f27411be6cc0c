package dev.parley.browser;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.parley.conversation.ConversationRegistry;
import dev.parley.conversation.Visit;
import dev.parley.shared.figures.CloseCodes;
import dev.parley.shared.figures.FigureBoard;
import dev.parley.shared.figures.FigureSource;
import dev.parley.shared.socket.OutboundQueue;
import dev.parley.shared.stopping.ServerResuming;
import dev.parley.shared.stopping.ServerStopping;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.websocket.CloseReason;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The browsers that are connected; when the application stops it waits for them to be told, while threads, timers and
 * upstream connections are still there. Thread safe.
 */
@ApplicationScoped
class OpenSockets implements FigureSource {
    /** Telling takes a quarter of a second; a browser that takes nothing does not hold up the server. */
    private static final long MOST_MILLIS = 3_000;

    private static final Logger LOG = System.getLogger(LiveEndpoint.class.getName());

    private final ConversationRegistry registry;
    private final CloseCodes closes = new CloseCodes("browser");
    private final LongAdder skippedBytes = new LongAdder();
    private final Object lock = new Object();

    @GuardedBy("lock")
    private final Map<LiveEndpoint, OutboundQueue> sockets = new HashMap<>();

    /** For CDI's client proxy only. */
    @SuppressWarnings("NullAway") // the proxy's own fields are never read
    protected OpenSockets() {
        this.registry = null;
    }

    @Inject
    OpenSockets(ConversationRegistry registry) {
        this.registry = registry;
    }

    void add(LiveEndpoint socket, OutboundQueue queue) {
        synchronized (lock) {
            sockets.put(socket, queue);
        }
    }

    /** Counts a connection that is over; answers the code of its end. */
    int closed(CloseReason reason) {
        int code = reason.getCloseCode().getCode();
        closes.count(code);
        return code;
    }

    /** Model audio did not fit, because a browser is too slow. */
    void skipped(int bytes) {
        skippedBytes.add(bytes);
    }

    /** The container tells of a failure; loud only where the fault is ours. */
    void failed(@Nullable Visit visit, Throwable failure) {
        // What a container wraps comes from the connection; what comes bare comes from the code above.
        boolean ours = failure instanceof RuntimeException
                && failure.getStackTrace().length > 0
                && failure.getStackTrace()[0].getClassName().startsWith("dev.parley.");
        LOG.log(ours ? Level.ERROR : Level.DEBUG, () -> of(visit) + "the browser's connection failed", failure);
    }

    /** A write failed or stalled. */
    void unwritable(@Nullable Visit visit, Throwable cause) {
        LOG.log(Level.DEBUG, () -> of(visit) + "the browser could not be written to", cause);
    }

    private static String of(@Nullable Visit visit) {
        return visit == null ? "No conversation yet: " : "Conversation " + visit.conversation() + ": ";
    }

    @Override
    public void show(FigureBoard board) {
        Map<String, String> side = Map.of("side", "browser");
        board.level("websocket.open", "", "WebSocket connections, those being dialled included", side, this::open);
        board.level("websocket.queued", "bytes", "What waits to be written to WebSockets", side, this::queuedBytes);
        board.total(
                "websocket.dropped",
                "bytes",
                "Audio that did not fit into what may wait for a WebSocket",
                side,
                skippedBytes::sum);
        closes.show(board);
    }

    private int open() {
        synchronized (lock) {
            return sockets.size();
        }
    }

    private long queuedBytes() {
        List<OutboundQueue> queues;
        synchronized (lock) {
            queues = List.copyOf(sockets.values());
        }
        return queues.stream().mapToLong(OutboundQueue::queuedBytes).sum();
    }

    void remove(LiveEndpoint socket) {
        synchronized (lock) {
            sockets.remove(socket);
            lock.notifyAll();
        }
    }

    /** Blocks the thread that stops the application, which is nobody's but its own. */
    void stop(@Observes @BeforeDestroyed(ApplicationScoped.class) Object stopping) {
        letGo();
    }

    /** Likewise, where the server would close the sockets before it says that the application stops. */
    void stop(@Observes ServerStopping stopping) {
        letGo();
    }

    /** The server was only suspended. */
    void comeBack(@Observes ServerResuming resuming) {
        registry.accept();
    }

    private void letGo() {
        registry.drain();
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(MOST_MILLIS);
        synchronized (lock) {
            try {
                long left = end - System.nanoTime();
                while (!sockets.isEmpty() && left > 0) {
                    TimeUnit.NANOSECONDS.timedWait(lock, left);
                    left = end - System.nanoTime();
                }
            } catch (InterruptedException hurried) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
