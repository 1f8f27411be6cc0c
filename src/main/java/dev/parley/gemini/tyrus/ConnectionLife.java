package dev.parley.gemini.tyrus;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.parley.gemini.failure.CloseFailures;
import dev.parley.gemini.failure.DialFailures;
import dev.parley.gemini.live.LiveEvent;
import dev.parley.gemini.live.LiveListener;
import dev.parley.gemini.live.LiveRequest;
import dev.parley.gemini.live.UpstreamCounters;
import dev.parley.gemini.message.MessageJson;
import dev.parley.gemini.protocol.FrameReader;
import dev.parley.gemini.protocol.SetupWriter;
import dev.parley.gemini.settings.LiveSettings;
import dev.parley.gemini.socket.PromptContainer;
import dev.parley.shared.execution.Timers;
import dev.parley.shared.failure.FailureKind;
import dev.parley.shared.socket.OutboundQueue;
import jakarta.websocket.Session;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousSocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The life of one connection, from the dial on. Told of by the dial's thread, Tyrus' threads, timers and the caller;
 * one lock guards the state, every way to the end leads through {@link #end}.
 */
final class ConnectionLife {
    private static final System.Logger LOG = System.getLogger(ConnectionLife.class.getName());

    /** How long a graceful close may take before the connection is dropped. */
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    /** After a failed write: time for the peer's close frame, which says why, to be read. */
    private static final Duration LAST_WORDS = Duration.ofMillis(250);

    private static final LiveEvent.Closed AS_ASKED =
            new LiveEvent.Closed(FailureKind.NORMAL, "The conversation ended as asked.", 1000, "");

    /** Also what refusing timers mean: only a server that stops refuses. */
    static final LiveEvent.Closed STOPPING =
            new LiveEvent.Closed(FailureKind.DRAINING, "This server is being stopped.", 1001, "");

    private static final LiveEvent.Closed GIBBERISH = new LiveEvent.Closed(
            FailureKind.UPSTREAM_REFUSED,
            "What answers at the configured address does not speak the Live API. Whoever runs this server must check"
                    + " parley.gemini.endpoint.",
            1003,
            "unreadable frames");

    private enum State {
        DIALLING,
        SETTING_UP,
        READY,
        /** The caller closed; what is queued still leaves. */
        CLOSING,
        CLOSED
    }

    private final LiveRequest request;
    private final LiveSettings settings;
    private final Timers timers;
    private final UpstreamCounters counters;
    private final EventDelivery delivery;

    /** Used on Tyrus' reading thread only. */
    private final FrameReader frames;

    private final Consumer<ConnectionLife> onEnd;
    private final Object lock = new Object();

    @GuardedBy("lock")
    private State state = State.DIALLING;

    @GuardedBy("lock")
    private final List<Timers.Timer> running = new ArrayList<>();

    /** Set with {@link State#SETTING_UP}; the queue's wire is {@link #wire}. */
    private volatile @Nullable OutboundQueue queue;

    private volatile @Nullable TyrusWire wire;

    private volatile PromptContainer.@Nullable Connected connected;

    /** Whether the setup is confirmed and the caller has not closed: what decides if anything may be sent. */
    private volatile boolean open;

    ConnectionLife(
            LiveRequest request,
            LiveSettings settings,
            Timers timers,
            UpstreamCounters counters,
            LiveListener listener,
            Consumer<ConnectionLife> onEnd) {
        this.request = request;
        this.settings = settings;
        this.timers = timers;
        this.counters = counters;
        this.onEnd = onEnd;
        delivery = new EventDelivery(listener);
        frames = new FrameReader(counters, this::tell, () -> end(GIBBERISH));
    }

    LiveRequest request() {
        return request;
    }

    /** Begins to count the time for the dial. */
    void begin() {
        if (!after(settings.connectTimeout(), () -> endIf(State.DIALLING, DialFailures.timedOut()))) {
            end(STOPPING);
        }
    }

    /** Whether the dial is still wanted. */
    boolean isDialling() {
        synchronized (lock) {
            return state == State.DIALLING;
        }
    }

    /** The dial failed. */
    void dialFailed(Throwable failure) {
        end(DialFailures.of(failure, request, settings.version()));
    }

    /** The handshake is done; before {@link #opened}. */
    void connected(PromptContainer.Connected made) {
        connected = made;
    }

    /**
     * The session is open; on Tyrus' thread, before any message.
     *
     * @throws IllegalStateException when the container never told of the connection
     */
    void opened(Session session) {
        PromptContainer.Connected made = connected;
        if (made == null) {
            throw new IllegalStateException("A session without a connection");
        }
        TyrusWire opened = new TyrusWire(session, made.frames(), timers, counters);
        OutboundQueue outbound =
                new OutboundQueue(opened, settings.queueBytes(), settings.stallTimeout(), timers, this::writingFailed);
        synchronized (lock) {
            if (state == State.DIALLING) {
                state = State.SETTING_UP;
                wire = opened;
                queue = outbound;
            }
        }
        if (wire != opened) {
            opened.closeSession(1000, ""); // closed or timed out while dialling
            return;
        }
        if (!after(settings.setupTimeout(), () -> endIf(State.SETTING_UP, DialFailures.setupTimedOut(request)))) {
            end(STOPPING);
            return;
        }
        outbound.offerText(MessageJson.write(SetupWriter.setup(request, settings.turns())));
    }

    /** A frame of the server; on Tyrus' reading thread. */
    void received(String frame) {
        frames.read(frame);
    }

    /** The session is over; on any thread, perhaps twice. */
    void closed(int code, String reason) {
        TyrusWire current = wire;
        boolean echo = current != null && current.closedHere();
        if (endIf(State.CLOSING, AS_ASKED) || echo) {
            return;
        }
        end(CloseFailures.of(code, reason, request, settings.version()));
    }

    /** Lets what is queued leave, then closes. */
    void close() {
        OutboundQueue outbound;
        synchronized (lock) {
            if (state == State.CLOSING || state == State.CLOSED) {
                return;
            }
            open = false;
            outbound = queue;
            if (outbound != null) {
                state = State.CLOSING;
            }
        }
        if (outbound == null) {
            end(AS_ASKED);
            return;
        }
        outbound.closeAfterFlush(1000, "");
        if (!after(CLOSE_TIMEOUT, () -> endIf(State.CLOSING, AS_ASKED))) {
            endIf(State.CLOSING, AS_ASKED);
        }
    }

    /** Closes without waiting for what is queued. */
    void abort() {
        end(AS_ASKED);
    }

    /** The one way to the end: tells the listener once, stops timers, lets the socket go. */
    void end(LiveEvent.Closed last) {
        List<Timers.Timer> stopped;
        synchronized (lock) {
            if (state == State.CLOSED) {
                return;
            }
            state = State.CLOSED;
            open = false;
            stopped = List.copyOf(running);
            running.clear();
        }
        stopped.forEach(Timers.Timer::cancel);
        OutboundQueue outbound = queue;
        TyrusWire current = wire;
        if (outbound != null && current != null) {
            outbound.discard();
            current.closeSession(1000, "");
        }
        onEnd.accept(this);
        delivery.end(last);
        hangUpLater();
    }

    private boolean endIf(State expected, LiveEvent.Closed last) {
        synchronized (lock) {
            if (state != expected) {
                return false;
            }
        }
        end(last);
        return true;
    }

    private void tell(LiveEvent event) {
        if (event instanceof LiveEvent.Ready) {
            synchronized (lock) {
                if (state != State.SETTING_UP) {
                    return; // told twice, or too late
                }
                state = State.READY;
                open = true;
            }
        }
        delivery.deliver(event);
    }

    private void hangUpLater() {
        if (wire == null) {
            return; // never opened: the dial lets its socket go itself
        }
        try {
            timers.schedule(CLOSE_TIMEOUT, this::hangUp);
        } catch (RuntimeException stopping) { // nobody will wait for the peer any more
            LOG.log(System.Logger.Level.DEBUG, "No time is left for a graceful close", stopping);
            hangUp();
        }
    }

    /**
     * Tyrus closes a socket only after everything written before, which is never when the peer does not read. The end
     * of the input, on the other hand, makes it close at once.
     */
    private void hangUp() {
        PromptContainer.Connected made = connected;
        AsynchronousSocketChannel channel = made == null ? null : made.socket();
        if (channel != null && channel.isOpen()) {
            try {
                channel.shutdownInput();
            } catch (IOException | RuntimeException ignored) {
                // closed meanwhile
            }
        }
    }

    private void writingFailed(Throwable failure) {
        LiveEvent.Closed lost = failure instanceof OutboundQueue.StalledException
                ? new LiveEvent.Closed(
                        FailureKind.UPSTREAM_UNAVAILABLE,
                        "Gemini stopped taking what was sent. Try again in a moment.",
                        1006,
                        "write stalled")
                : CloseFailures.of(1006, "write failed: " + failure.getMessage(), request, settings.version());
        synchronized (lock) {
            open = false;
        }
        if (!after(LAST_WORDS, () -> end(lost))) {
            end(lost);
        }
    }

    /** Whether sending may begin, and has not ended. */
    boolean isOpen() {
        return open;
    }

    /** Queues a message; false when it does not fit or nothing may be sent. */
    boolean offer(String message) {
        OutboundQueue outbound = queue;
        return open && outbound != null && outbound.offerText(message);
    }

    /** Queues a message that is encoded already, and the queue's own from here. */
    boolean offer(ByteBuffer message) {
        OutboundQueue outbound = queue;
        return open && outbound != null && outbound.offerBinary(message);
    }

    /** Runs an action later, unless the connection has ended by then; false when the timers refuse. */
    private boolean after(Duration delay, Runnable action) {
        Timers.Timer timer;
        try {
            timer = timers.schedule(delay, action);
        } catch (RuntimeException stopping) { // servers refuse with exceptions of their own while they undeploy
            LOG.log(System.Logger.Level.DEBUG, "The timers refuse", stopping);
            return false;
        }
        synchronized (lock) {
            if (state != State.CLOSED) {
                running.add(timer);
                return true;
            }
        }
        timer.cancel();
        return true;
    }
}
