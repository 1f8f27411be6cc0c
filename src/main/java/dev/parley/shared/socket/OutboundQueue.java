package dev.parley.shared.socket;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.parley.shared.execution.Timers;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.OptionalLong;
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
    private static final System.Logger LOG = System.getLogger(OutboundQueue.class.getName());

    private final Wire wire;
    private final StallWatch stallWatch;
    private final Listener listener;
    private final Object lock = new Object();

    @GuardedBy("lock")
    private final OutboundBacklog backlog;

    @GuardedBy("lock")
    private State state = State.OPEN;

    @GuardedBy("lock")
    private @Nullable Close close;

    /** Whether a thread is in {@link #writeAll}: completions on its own stack must not start a second one. */
    @GuardedBy("lock")
    private boolean draining;

    /** While CLOSING, waiting frames still leave, then the close frame. */
    private enum State {
        OPEN,
        CLOSING,
        CLOSED
    }

    private record Close(int code, String reason) {}

    /** Told when the peer cannot be written to any more. */
    @FunctionalInterface
    public interface Listener {
        /** A write failed or stalled; the queue is closed and everything in it is gone. */
        void failed(Throwable cause);
    }

    /**
     * An open queue.
     *
     * @param maxBytes bound on what waits and what is being written, payload and overhead
     * @param stallTime how long one write may take
     */
    public OutboundQueue(Wire wire, int maxBytes, Duration stallTime, Timers timers, Listener listener) {
        this.wire = wire;
        this.backlog = new OutboundBacklog(maxBytes);
        this.stallWatch = new StallWatch(stallTime, timers, () -> stalled(stallTime));
        this.listener = listener;
    }

    /** Queues a text message; false when it does not fit or the queue is closing. */
    public boolean offerText(String text) {
        return offer(OutboundFrame.ofText(text));
    }

    /** Queues a binary message, which the queue owns from here; false when it does not fit or the queue is closing. */
    public boolean offerBinary(ByteBuffer data) {
        return offer(OutboundFrame.ofBinary(data));
    }

    /** Queues a ping unless something is on its way already, which keeps the connection alive as well. */
    public void ping() {
        synchronized (lock) {
            if (backlog.isInFlight()) {
                return;
            }
        }
        offer(OutboundFrame.ofPing());
    }

    /** Takes all waiting binary messages out; answers how many payload bytes they had. */
    public int dropBinary() {
        synchronized (lock) {
            return backlog.dropBinary();
        }
    }

    /** Bytes that wait or are being written. */
    public int queuedBytes() {
        synchronized (lock) {
            return backlog.bytes();
        }
    }

    /** How many of the messages that were taken last are not written; after the end, how many never were. */
    public int unwritten() {
        synchronized (lock) {
            return backlog.unwritten();
        }
    }

    /** When a binary message was last written, {@link System#nanoTime}; empty before, and while any message is unwritten. */
    public OptionalLong binaryWrittenNanos() {
        synchronized (lock) {
            return backlog.binaryWrittenNanos();
        }
    }

    /** Lets what waits leave, then closes. Later offers are refused; a second close changes nothing. */
    public void closeAfterFlush(int code, String reason) {
        synchronized (lock) {
            if (state != State.OPEN) {
                return;
            }
            state = State.CLOSING;
            close = new Close(code, reason);
        }
        writeAll();
    }

    /** Throws away what waits and closes now. */
    public void closeNow(int code, String reason) {
        if (shutNow()) {
            closeWire(new Close(code, reason));
        }
    }

    /** The connection is gone: throws away what waits and calls nobody. */
    public void discard() {
        shutNow();
        stallWatch.stop();
    }

    private boolean offer(OutboundFrame frame) {
        boolean taken;
        synchronized (lock) {
            taken = state == State.OPEN && backlog.add(frame);
        }
        if (taken) {
            writeAll();
        }
        return taken;
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
            OutboundFrame next;
            Close last = null;
            synchronized (lock) {
                next = backlog.next();
                if (next != null) {
                    stallWatch.begun();
                } else {
                    draining = false;
                    if (state == State.CLOSING && !backlog.isInFlight()) {
                        last = close;
                        shut();
                    }
                }
            }
            if (next == null) {
                closeWire(last);
                return;
            }
            write(next);
        }
    }

    private void write(OutboundFrame frame) {
        try {
            stallWatch.watch();
            frame.writeTo(wire, failure -> written(frame, failure));
        } catch (RuntimeException | Error failure) { // an Error too: this thread must reach the end of writeAll
            written(frame, failure);
        }
    }

    private void written(OutboundFrame frame, @Nullable Throwable failure) {
        synchronized (lock) {
            if (!backlog.isInFlight(frame)) {
                return; // told twice, or after the end
            }
            if (failure == null) {
                backlog.written(frame);
                stallWatch.ended();
            } else {
                shut();
            }
        }
        if (failure == null) {
            writeAll();
        } else {
            tellFailed(failure);
        }
    }

    private void stalled(Duration stallTime) {
        if (shutNow()) {
            tellFailed(new StalledException(stallTime));
        }
    }

    /** Once: its caller is who shut the queue. */
    private void tellFailed(Throwable cause) {
        closeWire(new Close(1011, "Connection unusable"));
        listener.failed(cause);
    }

    /** True for the one caller who ended it. */
    private boolean shutNow() {
        synchronized (lock) {
            boolean first = state != State.CLOSED;
            shut();
            return first;
        }
    }

    @GuardedBy("lock")
    private void shut() {
        state = State.CLOSED;
        backlog.clear();
        close = null;
    }

    private void closeWire(@Nullable Close taken) {
        try {
            if (taken != null) {
                stallWatch.stop();
                wire.close(taken.code, taken.reason);
            }
        } catch (RuntimeException broken) { // against its contract; the listener must hear all the same
            LOG.log(System.Logger.Level.WARNING, "A connection could not be closed", broken);
        }
    }
}
