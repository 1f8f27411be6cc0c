package dev.parley.gemini.tyrus;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.parley.gemini.live.UpstreamCounters;
import dev.parley.gemini.socket.TextFrames;
import dev.parley.shared.execution.Timers;
import dev.parley.shared.socket.CloseReasons;
import dev.parley.shared.socket.Wire;
import jakarta.websocket.CloseReason;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.Session;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The sending half of a Tyrus client session.
 *
 * <p>Tyrus' JDK container (2.1.5, {@code TaskQueueFilter.processTask}) can strand a write: it finds its queue empty and
 * only then gives up its lock, so a write that comes in between waits until something else is written. That moment
 * follows at once after the completion of the write before. Therefore a write from another thread keeps a distance of
 * 20 µs from the last completion, and a write that is still on its way after 100 ms is pushed on by an unsolicited pong,
 * which peers ignore (RFC 6455 §5.5.3).
 */
final class TyrusWire implements Wire {
    private static final long DISTANCE_NANOS = 20_000;

    /** A completion that takes longer was interrupted by the scheduler: the nudge is for that. */
    private static final long LONGEST_WAIT_NANOS = 10 * DISTANCE_NANOS;

    private static final Duration NUDGE_AFTER = Duration.ofMillis(100);
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0).asReadOnlyBuffer();

    private final Session session;
    private final RemoteEndpoint.Async remote;
    private final TextFrames frames;
    private final Timers timers;
    private final UpstreamCounters counters;
    private final Object lock = new Object();

    /** Counts beginnings and ends of writes: odd while one is on its way. */
    @GuardedBy("lock")
    private long edge;

    @GuardedBy("lock")
    private boolean watching;

    private volatile long lastCompletion = System.nanoTime() - DISTANCE_NANOS;

    /** The thread of the last completion: what it writes next comes after Tyrus has given up its lock. */
    private volatile @Nullable Thread completedBy;

    /** The thread inside a completion: what it writes goes to the queue that it is about to look at. */
    private volatile @Nullable Thread completing;

    /** A write failed: the peer's close frame may still be unread, and says more than we could. */
    private volatile boolean broken;

    private volatile boolean closedHere;

    TyrusWire(Session session, TextFrames frames, Timers timers, UpstreamCounters counters) {
        this.session = session;
        this.remote = session.getAsyncRemote();
        this.frames = frames;
        this.timers = timers;
        this.counters = counters;
    }

    /** Whether this side closed the session, so that what Tyrus then tells is only its echo. */
    boolean closedHere() {
        return closedHere;
    }

    @Override
    public void writeText(String text, Completion completion) {
        writeBinary(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), completion);
    }

    /** Text that is encoded already: the Live API takes nothing else. */
    @Override
    public void writeBinary(ByteBuffer data, Completion completion) {
        begun();
        frames.write(data, failure -> ended(failure, completion));
    }

    @Override
    public void writePing(Completion completion) {
        try {
            remote.sendPing(NOTHING.duplicate());
            completion.written(null);
        } catch (IOException failure) {
            broken = true;
            completion.written(failure);
        }
    }

    @Override
    public void close(int code, String reason) {
        if (!broken) {
            closeSession(code, reason);
        }
    }

    /** Closes also after a failed write. */
    void closeSession(int code, String reason) {
        closedHere = true;
        try {
            session.close(new CloseReason(CloseReason.CloseCodes.getCloseCode(code), CloseReasons.fit(reason)));
        } catch (IOException | RuntimeException ignored) {
            // closed already: that is what was wanted
        }
    }

    private void ended(@Nullable Throwable failure, Completion completion) {
        synchronized (lock) {
            edge++;
        }
        if (failure != null) {
            broken = true;
        }
        completing = Thread.currentThread();
        try {
            completion.written(failure);
        } finally {
            completedBy = Thread.currentThread();
            lastCompletion = System.nanoTime();
            completing = null;
        }
    }

    private void begun() {
        Thread here = Thread.currentThread();
        if (completing != here && completedBy != here) {
            long begun = System.nanoTime();
            while ((completing != null || System.nanoTime() - lastCompletion < DISTANCE_NANOS)
                    && System.nanoTime() - begun < LONGEST_WAIT_NANOS) {
                Thread.onSpinWait();
            }
        }
        long seen;
        synchronized (lock) {
            edge++;
            if (watching) {
                return;
            }
            watching = true;
            seen = edge;
        }
        timers.schedule(NUDGE_AFTER, () -> look(seen));
    }

    private void look(long seen) {
        long now;
        synchronized (lock) {
            now = edge;
            if (now % 2 == 0 || closedHere || broken) {
                watching = false;
                return;
            }
        }
        if (now == seen) {
            counters.countNudge();
            try {
                remote.sendPong(NOTHING.duplicate());
            } catch (IOException | RuntimeException ignored) {
                // the write itself will tell
            }
        }
        timers.schedule(NUDGE_AFTER, () -> look(now));
    }
}
