package dev.parley.gemini.connection;

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
import dev.parley.shared.execution.Timers;
import dev.parley.shared.socket.OutboundQueue;
import dev.parley.shared.socket.StalledException;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The life of one connection, from the dial on. Told of by the dial's thread, the client's threads, timers and the caller;
 * one lock guards the state, every way to the end leads through {@link #end}.
 */
public final class ConnectionLife {
    /** How long a graceful close may take before the connection is dropped. */
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    /** After a failed write: time for the peer's close frame, which says why, to be read. */
    private static final Duration LAST_WORDS = Duration.ofMillis(250);

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
    private final PendingTimers pending;
    private final EventDelivery delivery;

    /** Used on the client's reading thread only. */
    private final FrameReader frames;

    private final Consumer<ConnectionLife> onEnd;
    private final Object lock = new Object();

    @GuardedBy("lock")
    private State state = State.DIALLING;

    /** Set with {@link State#SETTING_UP}; the queue writes to {@link #line}. */
    private volatile @Nullable OutboundQueue queue;

    private volatile @Nullable Line line;

    /** Whether the setup is confirmed and the caller has not closed: what decides if anything may be sent. */
    private volatile boolean open;

    /**
     * A connection that is to be dialled.
     *
     * @param listener hears everything, {@link LiveEvent.Closed} last
     * @param onEnd told once, before the listener
     */
    public ConnectionLife(
            LiveRequest request,
            LiveSettings settings,
            Timers timers,
            UpstreamCounters counters,
            LiveListener listener,
            Consumer<ConnectionLife> onEnd) {
        this.request = request;
        this.settings = settings;
        this.timers = timers;
        this.pending = new PendingTimers(timers);
        this.onEnd = onEnd;
        delivery = new EventDelivery(listener);
        frames = new FrameReader(counters, this::tell, () -> end(OwnEnds.GIBBERISH));
    }

    /** What is asked for. */
    public LiveRequest request() {
        return request;
    }

    /** Begins to count the time for the dial; {@code late} tells what it was spent on when it is over. */
    public void begin(Supplier<LiveEvent.Closed> late) {
        if (!pending.after(settings.connectTimeout(), () -> endIf(State.DIALLING, late.get()))) {
            end(OwnEnds.STOPPING);
        }
    }

    /** Whether the dial is still wanted. */
    public boolean isDialling() {
        synchronized (lock) {
            return state == State.DIALLING;
        }
    }

    /** The dial failed. */
    public void dialFailed(Throwable failure) {
        end(DialFailures.of(failure, request, settings.version()));
    }

    /** The handshake is done; before any message. */
    public void opened(Line opened) {
        OutboundQueue outbound = new OutboundQueue(
                opened.wire(), settings.queueBytes(), settings.stallTimeout(), timers, this::writingFailed);
        synchronized (lock) {
            if (state == State.DIALLING) {
                state = State.SETTING_UP;
                line = opened;
                queue = outbound;
            }
        }
        if (line != opened) {
            opened.close(1000, ""); // closed or timed out while dialling
            return;
        }
        if (!pending.after(
                settings.setupTimeout(), () -> endIf(State.SETTING_UP, DialFailures.setupTimedOut(request)))) {
            end(OwnEnds.STOPPING);
            return;
        }
        outbound.offerText(MessageJson.write(SetupWriter.setup(request, settings)));
    }

    /** A frame of the server; on the reading thread. */
    public void received(String frame) {
        frames.read(frame);
    }

    /** The session is over; on any thread, perhaps twice. */
    public void closed(int code, String reason) {
        Line current = line;
        boolean echo = current != null && current.closedHere();
        if (endIf(State.CLOSING, OwnEnds.AS_ASKED) || echo) {
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
            end(OwnEnds.AS_ASKED);
            return;
        }
        outbound.closeAfterFlush(1000, "");
        if (!pending.after(CLOSE_TIMEOUT, () -> endIf(State.CLOSING, OwnEnds.AS_ASKED))) {
            endIf(State.CLOSING, OwnEnds.AS_ASKED);
        }
    }

    /** Closes without waiting for what is queued. */
    void abort() {
        end(OwnEnds.AS_ASKED);
    }

    /** The one way to the end: tells the listener once, stops timers, lets the socket go. */
    public void end(LiveEvent.Closed last) {
        synchronized (lock) {
            if (state == State.CLOSED) {
                return;
            }
            state = State.CLOSED;
            open = false;
        }
        pending.end();
        OutboundQueue outbound = queue;
        Line current = line;
        if (outbound != null && current != null) {
            outbound.discard();
            current.close(1000, "");
        }
        onEnd.accept(this);
        delivery.end(last);
        if (current != null) { // otherwise the dial lets its socket go itself
            pending.atLast(CLOSE_TIMEOUT, current::hangUp);
        }
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
            OutboundQueue outbound = queue;
            if (outbound != null) { // before anything of the caller's, who hears of this next
                SetupWriter.history(request).ifPresent(said -> outbound.offerText(MessageJson.write(said)));
            }
        }
        delivery.deliver(event);
    }

    private void writingFailed(Throwable failure) {
        LiveEvent.Closed lost = failure instanceof StalledException
                ? OwnEnds.STALLED
                : CloseFailures.of(1006, "write failed: " + failure.getMessage(), request, settings.version());
        synchronized (lock) {
            open = false;
        }
        if (!pending.after(LAST_WORDS, () -> end(lost))) {
            end(lost);
        }
    }

    /** What was taken so far; null before the dial, and there after the end as well. */
    public @Nullable OutboundQueue taken() {
        return queue;
    }

    /** Takes what is to be sent; null before the setup is confirmed, and when the caller or the connection has ended. */
    @Nullable
    OutboundQueue outbound() {
        return open ? queue : null;
    }
}
