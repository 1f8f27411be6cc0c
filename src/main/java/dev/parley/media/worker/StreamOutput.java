package dev.parley.media.worker;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.parley.media.PcmSink;
import dev.parley.shared.failure.ParleyException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** PCM of a live stream that waits for its owner, how the stream ended, and the owner's wake-up. Thread safe. */
final class StreamOutput {
    private final int mostWaiting;
    private final Runnable wakeUp;

    @GuardedBy("this")
    private final List<byte[]> pcm = new ArrayList<>();

    @GuardedBy("this")
    private long pcmBytes;

    /** The owner was woken, and has not come yet. */
    @GuardedBy("this")
    private boolean awake;

    @GuardedBy("this")
    private boolean closed;

    /** All has come, or nothing will. */
    @GuardedBy("this")
    private boolean over;

    /** Bytes of the stream that everything here was made of. */
    @GuardedBy("this")
    private long taken;

    @GuardedBy("this")
    private @Nullable ParleyException failure;

    StreamOutput(int mostWaiting, Runnable wakeUp) {
        this.mostWaiting = mostWaiting;
        this.wakeUp = wakeUp;
    }

    /** Takes whole samples; false when more waits than may. */
    synchronized boolean add(byte[] part) {
        if (!closed) {
            pcm.add(part);
            pcmBytes += part.length;
        }
        return pcmBytes <= mostWaiting;
    }

    /** So many bytes of the stream have been made use of; false when that cannot be. */
    synchronized boolean mark(long bytes) {
        boolean plausible = bytes > taken;
        taken = bytes;
        return plausible;
    }

    /** The stream is over; the first reason given counts, null is none. */
    synchronized void end(@Nullable ParleyException why) {
        over = true;
        if (failure == null) {
            failure = why;
        }
    }

    /** Wakes the owner, unless that was done and it has not come since. */
    void wake() {
        synchronized (this) {
            if (awake || closed) {
                return;
            }
            awake = true;
        }
        wakeUp.run();
    }

    /**
     * Gives what has arrived, or throws what ended the stream.
     *
     * @param given bytes of the stream so far; {@link Long#MAX_VALUE} when its end is to come
     * @return whether more may come of these bytes
     */
    boolean poll(PcmSink sink, long given) {
        List<byte[]> arrived;
        ParleyException failed;
        boolean more;
        synchronized (this) {
            awake = false;
            arrived = List.copyOf(pcm);
            pcm.clear();
            pcmBytes = 0;
            failed = failure;
            more = !over && taken < given;
        }
        for (byte[] part : arrived) {
            sink.pcm(part, 0, part.length);
        }
        if (failed != null) {
            throw failed;
        }
        return more;
    }

    /** The owner is gone. */
    synchronized void close() {
        closed = true;
        over = true;
        pcm.clear();
        pcmBytes = 0;
    }
}
