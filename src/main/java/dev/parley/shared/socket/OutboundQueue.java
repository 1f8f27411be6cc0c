package dev.parley.shared.socket;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.parley.shared.execution.Timers;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * The outbound side of one WebSocket: any thread offers messages, they leave in order, one write in flight. Servers
 * queue asynchronous sends in the heap without bound when the peer does not read, so the bound is here, in bytes of
 * what waits and what is being written. A message that does not fit is refused and the caller decides: audio may be
 * dropped and counted, control messages mean closing. A write that does not complete within the stall time ends the
 * connection, because no server tells about a peer that stopped reading.
 *
 * <p>Nothing is called under the lock. {@link Listener#failed} is called at most once, on the thread that noticed.
 */
public final class OutboundQueue {
    /** What a queued frame costs beside its payload. */
    private static final int FRAME_OVERHEAD_BYTES = 64;

    private final Wire wire;
    private final int maxBytes;
    private final StallWatch stallWatch;
    private final Listener listener;
    private final Object lock = new Object();

    @GuardedBy("lock")
    private final ArrayDeque<Frame> frames = new ArrayDeque<>();

    /** Bytes of waiting frames and of the one being written. */
    @GuardedBy("lock")
    private int queuedBytes;

    /** The frame being written. */
    @GuardedBy("lock")
    private @Nullable Frame inFlight;

    @GuardedBy("lock")
    private State state = State.OPEN;

    /** Set with {@link State#CLOSING}. */
    @GuardedBy("lock")
    private @Nullable Close close;

    /** Whether a thread is in {@link #writeAll}: completions on its own stack must not start a second one. */
    @GuardedBy("lock")
    private boolean draining;

    private enum State {
        OPEN,
        /** Waiting frames still leave, then the close frame. */
        CLOSING,
        CLOSED
    }

    private record Close(int code, String reason) {}

    /** A text, a binary message, or (both null) a ping; compared by identity. */
    private static final class Frame {
        final @Nullable String text;
        final @Nullable ByteBuffer binary;

        Frame(@Nullable String text, @Nullable ByteBuffer binary) {
            this.text = text;
            this.binary = binary;
        }

        int bytes() {
            int payload = text != null ? text.length() : binary != null ? binary.remaining() : 0;
            return payload + FRAME_OVERHEAD_BYTES;
        }
    }

    /** Told when the peer cannot be written to any more. */
    @FunctionalInterface
    public interface Listener {
        /** A write failed or stalled; the queue is closed and everything in it is gone. */
        void failed(Throwable cause);
    }

    /** Told by {@link Listener#failed} when a write did not complete in time. */
    public static final class StalledException extends Exception {
        private static final long serialVersionUID = 1L;

        StalledException(Duration stallTime) {
            super("The peer took nothing for " + stallTime.toMillis() + " ms");
        }
    }

    /**
     * An open queue.
     *
     * @param maxBytes bound on what waits and what is being written, payload and overhead
     * @param stallTime how long one write may take
     */
    public OutboundQueue(Wire wire, int maxBytes, Duration stallTime, Timers timers, Listener listener) {
        this.wire = wire;
        this.maxBytes = maxBytes;
        this.stallWatch = new StallWatch(stallTime, timers, () -> fail(new StalledException(stallTime)));
        this.listener = listener;
    }

    /** Queues a text message; false when it does not fit or the queue is closing. */
    public boolean offerText(String text) {
        return offer(new Frame(text, null));
    }

    /** Queues a binary message, which the queue owns from here; false when it does not fit or the queue is closing. */
    public boolean offerBinary(ByteBuffer data) {
        return offer(new Frame(null, data));
    }

    /** Queues a ping unless something is on its way already, which keeps the connection alive as well. */
    public void ping() {
        synchronized (lock) {
            if (inFlight != null) {
                return;
            }
        }
        offer(new Frame(null, null));
    }

    /** Takes all waiting binary messages out; answers how many payload bytes they had. */
    public int dropBinary() {
        synchronized (lock) {
            int dropped = 0;
            for (Iterator<Frame> waiting = frames.iterator(); waiting.hasNext(); ) {
                Frame frame = waiting.next();
                if (frame.binary != null) {
                    waiting.remove();
                    queuedBytes -= frame.bytes();
                    dropped += frame.binary.remaining();
                }
            }
            return dropped;
        }
    }

    /** Bytes that wait or are being written. */
    public int queuedBytes() {
        synchronized (lock) {
            return queuedBytes;
        }
    }

    /** Lets what waits leave, then closes. Later offers are refused; a second close changes nothing. */
    public void closeAfterFlush(int code, String reason) {
        Close closeNow;
        synchronized (lock) {
            if (state != State.OPEN) {
                return;
            }
            state = State.CLOSING;
            close = new Close(code, reason);
            closeNow = takeCloseIfIdle(null);
        }
        closeWire(closeNow);
    }

    /** Throws away what waits and closes now. */
    public void closeNow(int code, String reason) {
        synchronized (lock) {
            if (state == State.CLOSED) {
                return;
            }
            shut();
        }
        wire.close(code, reason);
    }

    /** The connection is gone: throws away what waits and calls nobody. */
    public void discard() {
        synchronized (lock) {
            shut();
        }
    }

    private boolean offer(Frame frame) {
        synchronized (lock) {
            int bytes = frame.bytes();
            // An empty queue takes any frame: message size has its own bound, and refusing here would be for ever.
            if (state != State.OPEN || (queuedBytes > 0 && queuedBytes + bytes > maxBytes)) {
                return false;
            }
            queuedBytes += bytes;
            frames.add(frame);
        }
        writeAll();
        return true;
    }

    /** Writes frames until one stays in flight or none is left; a loop, because completions may come at once. */
    private void writeAll() {
        synchronized (lock) {
            if (draining) {
                return;
            }
            draining = true;
        }
        while (true) {
            Frame next;
            Close closeNow;
            synchronized (lock) {
                next = inFlight == null ? frames.poll() : null;
                closeNow = takeCloseIfIdle(next);
                if (next == null) {
                    draining = false;
                } else {
                    inFlight = next;
                }
            }
            if (next == null) {
                closeWire(closeNow);
                return;
            }
            write(next);
        }
    }

    private void write(Frame frame) {
        stallWatch.begun();
        Wire.Completion completion = failure -> written(frame, failure);
        try {
            if (frame.text != null) {
                wire.writeText(frame.text, completion);
            } else if (frame.binary != null) {
                wire.writeBinary(frame.binary.duplicate(), completion);
            } else {
                wire.writePing(completion);
            }
        } catch (RuntimeException failure) {
            written(frame, failure);
        }
    }

    private void written(Frame frame, @Nullable Throwable failure) {
        synchronized (lock) {
            if (inFlight != frame) {
                return; // told twice, or after the end
            }
            inFlight = null;
            queuedBytes -= frame.bytes();
        }
        stallWatch.ended();
        if (failure == null) {
            writeAll();
        } else {
            fail(failure);
        }
    }

    private void fail(Throwable cause) {
        synchronized (lock) {
            if (state == State.CLOSED) {
                return;
            }
            shut();
        }
        wire.close(1011, "Connection unusable");
        listener.failed(cause);
    }

    @GuardedBy("lock")
    private void shut() {
        state = State.CLOSED;
        frames.clear();
        inFlight = null;
        queuedBytes = 0;
        close = null;
    }

    @GuardedBy("lock")
    private @Nullable Close takeCloseIfIdle(@Nullable Frame next) {
        if (state != State.CLOSING || next != null || inFlight != null || !frames.isEmpty()) {
            return null;
        }
        Close taken = close;
        shut();
        return taken;
    }

    private void closeWire(@Nullable Close taken) {
        if (taken != null) {
            wire.close(taken.code, taken.reason);
        }
    }
}
