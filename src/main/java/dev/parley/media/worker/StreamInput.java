package dev.parley.media.worker;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** Bytes of a live stream that wait for its worker, and who writes them: one task at a time. Thread safe. */
final class StreamInput {
    /** What {@link #next} answers when nothing waits, but more may come. */
    static final byte[] NOTHING_NOW = {};

    private final int mostWaiting;

    @GuardedBy("this")
    private final ArrayDeque<byte[]> waiting = new ArrayDeque<>();

    @GuardedBy("this")
    private long waitingBytes;

    /** The worker takes bytes, and no task is writing them. */
    @GuardedBy("this")
    private boolean writable;

    @GuardedBy("this")
    private boolean finished;

    @GuardedBy("this")
    private boolean inputClosed;

    @GuardedBy("this")
    private boolean over;

    StreamInput(int mostWaiting) {
        this.mostWaiting = mostWaiting;
    }

    /**
     * Takes the next bytes, which are this queue's from here; false when they do not fit.
     *
     * @throws IllegalStateException after {@link #finish}
     */
    synchronized boolean offer(byte[] chunk) {
        if (finished) {
            throw new IllegalStateException("the stream is finished or closed");
        }
        if (over || chunk.length == 0) {
            return true;
        }
        if (waitingBytes + chunk.length > mostWaiting) {
            return false;
        }
        waiting.add(chunk);
        waitingBytes += chunk.length;
        return true;
    }

    /** No more will come. */
    synchronized void finish() {
        finished = true;
    }

    /** The worker takes bytes from now on. */
    synchronized void open() {
        writable = true;
    }

    /** Nobody takes bytes any more. */
    synchronized void end() {
        over = true;
        writable = false;
        waiting.clear();
        waitingBytes = 0;
    }

    /** Whether the caller is to write what waits, until {@link #next} has no more. */
    synchronized boolean mayWrite() {
        boolean something = !waiting.isEmpty() || (finished && !inputClosed);
        boolean may = writable && something && !over;
        if (may) {
            writable = false;
        }
        return may;
    }

    /** What to write next, {@link #NOTHING_NOW}, or null at the end of the stream. */
    synchronized byte @Nullable [] next() {
        byte[] chunk = waiting.poll();
        if (chunk != null) {
            waitingBytes -= chunk.length;
            return chunk;
        }
        inputClosed = finished;
        writable = !finished;
        return finished ? null : NOTHING_NOW;
    }
}
