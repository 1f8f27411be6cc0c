package dev.parley.media.worker;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.parley.media.AudioDecoder;
import dev.parley.media.PcmSink;
import dev.parley.media.worker.launch.WorkerProtocol;
import dev.parley.media.worker.pool.WorkerOutcome;
import dev.parley.media.worker.pool.WorkerRun;
import dev.parley.shared.failure.FailureKind;
import dev.parley.shared.failure.ParleyException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * One live stream through a worker. Its owner's calls only move bytes between two bounded queues; one thread reads the
 * worker's PCM as long as the stream lives, another writes while there is something to write.
 */
final class LiveWorkerDecoder implements AudioDecoder {
    /** Bytes that may wait for the worker, a minute of AAC; it takes them within milliseconds. */
    static final int MOST_WAITING = 1 << 20;
    /** PCM that may wait for the owner: 65 s. */
    static final int MOST_PCM = 2 << 20;
    /** Bytes without any sound: far more than a fragment of speech. */
    static final int MOST_SILENT = 4 << 20;
    /** A stream may run ahead of the clock by as much. */
    private static final Duration AHEAD = Duration.ofSeconds(60);

    private static final long BYTES_PER_SECOND = 32_000;
    private static final int READ = 8_192;

    private final WorkerRun run;
    private final Clock clock;
    private final Executor blocking;
    private final Runnable wakeUp;
    private final Instant opened;
    private final Object lock = new Object();

    @GuardedBy("lock")
    private final ArrayDeque<byte[]> waiting = new ArrayDeque<>();

    @GuardedBy("lock")
    private final List<byte[]> pcm = new ArrayList<>();

    @GuardedBy("lock")
    private long waitingBytes;

    @GuardedBy("lock")
    private long pcmBytes;

    @GuardedBy("lock")
    private long bytesSinceSound;

    /** The worker takes bytes, and no task is writing them. */
    @GuardedBy("lock")
    private boolean writable;

    @GuardedBy("lock")
    private boolean finished;

    @GuardedBy("lock")
    private boolean inputClosed;

    @GuardedBy("lock")
    private boolean awake;

    @GuardedBy("lock")
    private boolean closed;

    /** All has come, or nothing will. */
    @GuardedBy("lock")
    private boolean over;

    @GuardedBy("lock")
    private @Nullable ParleyException failure;

    LiveWorkerDecoder(WorkerRun run, Clock clock, Executor blocking, Runnable wakeUp) {
        this.run = run;
        this.clock = clock;
        this.blocking = blocking;
        this.wakeUp = wakeUp;
        opened = clock.instant();
    }

    /** Gets the worker going. */
    void start() {
        submit(this::listen);
    }

    @Override
    public void decode(ByteBuffer bytes, PcmSink sink) {
        byte[] chunk = new byte[bytes.remaining()];
        bytes.get(chunk);
        ParleyException refused = null;
        synchronized (lock) {
            if (finished) {
                throw new IllegalStateException("the stream is finished or closed");
            }
            if (!over) {
                if (waitingBytes + chunk.length > MOST_WAITING) {
                    refused = new ParleyException(
                            FailureKind.TOO_LARGE,
                            "Audio came faster than it can be decoded. Send it as it is recorded.");
                } else if (chunk.length > 0) {
                    waiting.add(chunk);
                    waitingBytes += chunk.length;
                }
            }
        }
        if (refused != null) {
            fail(refused, WorkerOutcome.CALLED_OFF);
        }
        write();
        poll(sink);
    }

    @Override
    public void finish(PcmSink sink) {
        synchronized (lock) {
            finished = true;
        }
        write();
        poll(sink);
    }

    @Override
    public boolean poll(PcmSink sink) {
        List<byte[]> arrived;
        ParleyException failed;
        boolean more;
        synchronized (lock) {
            awake = false;
            arrived = List.copyOf(pcm);
            pcm.clear();
            pcmBytes = 0;
            failed = failure;
            more = !over;
        }
        for (byte[] part : arrived) {
            sink.pcm(part, 0, part.length);
        }
        if (failed != null) {
            throw failed;
        }
        return more;
    }

    @Override
    public int concealedPackets() {
        return 0;
    }

    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
            finished = true;
            over = true;
            waiting.clear();
            waitingBytes = 0;
            pcm.clear();
            pcmBytes = 0;
        }
        run.close();
    }

    /** Reads the worker from its start to its end. */
    private void listen() {
        // Stays when something throws that should not: a stream that was cut off must not look whole.
        @Nullable
        ParleyException told = new ParleyException(FailureKind.INTERNAL, "Decoding broke off. Please try again.");
        try {
            InputStream output = run.begin(WorkerProtocol.STREAM);
            synchronized (lock) {
                writable = true;
            }
            write();
            relay(output);
            told = run.end();
        } catch (ParleyException refused) {
            told = refused;
        } catch (IOException broken) {
            told = run.end();
        } finally {
            run.close();
            endedWith(told);
        }
    }

    private void relay(InputStream output) throws IOException {
        byte[] buffer = new byte[READ];
        long total = 0;
        int odd = 0;
        for (int count = output.read(buffer, 0, READ); count >= 0; count = output.read(buffer, odd, READ - odd)) {
            run.answered();
            int length = odd + count;
            odd = length % 2;
            byte[] part = new byte[length - odd];
            System.arraycopy(buffer, 0, part, 0, part.length);
            if (odd > 0) {
                buffer[0] = buffer[length - 1];
            }
            total += part.length;
            long allowed = BYTES_PER_SECOND
                    * Duration.between(opened, clock.instant()).plus(AHEAD).toSeconds();
            boolean fits;
            synchronized (lock) {
                pcm.add(part);
                pcmBytes += part.length;
                bytesSinceSound = 0;
                fits = pcmBytes <= MOST_PCM && total <= allowed;
            }
            if (!fits) {
                run.cut(WorkerOutcome.FLOODED);
                return;
            }
            wake();
        }
    }

    private void endedWith(@Nullable ParleyException told) {
        synchronized (lock) {
            over = true;
            writable = false;
            waiting.clear();
            waitingBytes = 0;
            if (failure == null) {
                failure = told;
            }
        }
        wake();
    }

    private void wake() {
        synchronized (lock) {
            if (awake || closed) {
                return;
            }
            awake = true;
        }
        wakeUp.run();
    }

    private void fail(ParleyException why, WorkerOutcome outcome) {
        synchronized (lock) {
            if (failure == null) {
                failure = why;
            }
            over = true;
        }
        run.cut(outcome);
    }

    /** Has what waits written, unless somebody is at it. */
    private void write() {
        synchronized (lock) {
            boolean something = !waiting.isEmpty() || (finished && !inputClosed);
            if (!writable || !something || over) {
                return;
            }
            writable = false;
        }
        submit(this::writeAll);
    }

    private void writeAll() {
        OutputStream input = run.input();
        try {
            while (true) {
                byte[] chunk;
                boolean last;
                synchronized (lock) {
                    chunk = waiting.poll();
                    last = chunk == null && finished;
                    if (chunk == null) {
                        writable = !last;
                        inputClosed = last;
                    } else {
                        waitingBytes -= chunk.length;
                        bytesSinceSound += chunk.length;
                    }
                    if (bytesSinceSound > MOST_SILENT) {
                        run.cut(WorkerOutcome.TIMED_OUT);
                        return;
                    }
                }
                if (chunk == null) {
                    // Answers are owed to the end once no more is coming.
                    run.owe(last);
                    if (last) {
                        input.close();
                    } else {
                        input.flush();
                    }
                    return;
                }
                run.owe(true);
                input.write(chunk);
                input.flush();
            }
        } catch (IOException gone) {
            // Its output ends too, and whoever reads that knows why.
            run.owe(true);
        }
    }

    private void submit(Runnable task) {
        boolean accepted = false;
        try {
            blocking.execute(task);
            accepted = true;
        } catch (RuntimeException refused) { // servers refuse with exceptions of their own
            fail(
                    new ParleyException(FailureKind.DRAINING, "The server is being stopped.", refused),
                    WorkerOutcome.CALLED_OFF);
        } finally {
            if (!accepted) {
                run.close();
            }
        }
    }
}
