package dev.parley.conversation;

import dev.parley.shared.execution.SerialExecutor;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Where everything that happens to a conversation waits its turn: one at a time, in order, on the turns' threads (small
 * chunks of samples on the caller's), at most one task in flight there. Audio that waits is bounded in bytes; control inputs are few by nature (doors bound
 * their rate) and always fit. Any thread posts.
 */
final class Mailbox {
    /** Overhead counted for a chunk, so that a flood of empty ones is bounded as well. */
    private static final int CHUNK_OVERHEAD_BYTES = 128;

    /** 40 ms of PCM at 48 kHz, the most that the page sends at a time. */
    private static final int MOST_BYTES_HERE = 4 << 10;

    private final SerialExecutor serial;
    private final int maxAudioBytes;
    private final AtomicInteger waitingAudioBytes = new AtomicInteger();

    /** An empty mailbox; what a task throws goes to {@code uncaught}, in the serial order. */
    Mailbox(Executor threads, int maxAudioBytes, SerialExecutor.UncaughtHandler uncaught) {
        this.serial = new SerialExecutor(threads, uncaught);
        this.maxAudioBytes = maxAudioBytes;
    }

    /** Posts a control input. */
    void post(Runnable task) {
        serial.execute(task);
    }

    /**
     * Posts audio; false when too much waits already and nothing was posted. A small chunk of samples for a conversation
     * that has nothing else to do is taken on the caller's thread: waking another one would cost more than the chunk
     * itself. Compressed audio is not: a few bytes may stand for seconds of decoding.
     *
     * @param samples whether the work follows the bytes
     */
    boolean postAudio(int bytes, boolean samples, Runnable task) {
        int cost = bytes + CHUNK_OVERHEAD_BYTES;
        if (waitingAudioBytes.addAndGet(cost) > maxAudioBytes) {
            waitingAudioBytes.addAndGet(-cost);
            return false;
        }
        Runnable counted = () -> {
            waitingAudioBytes.addAndGet(-cost);
            task.run();
        };
        if (samples && bytes <= MOST_BYTES_HERE) {
            serial.executeHere(counted);
        } else {
            serial.execute(counted);
        }
        return true;
    }

    /** Bytes of audio that wait, overhead included. */
    int waitingAudioBytes() {
        return waitingAudioBytes.get();
    }
}
