package dev.parley.media.worker;

import dev.parley.media.AudioDecoder;
import dev.parley.media.PcmSink;
import dev.parley.media.worker.launch.WorkerProtocol;
import dev.parley.media.worker.pool.WorkerOutcome;
import dev.parley.media.worker.pool.WorkerRun;
import dev.parley.shared.failure.FailureKind;
import dev.parley.shared.failure.ParleyException;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
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
    private final WorkerRun run;
    private final Clock clock;
    private final Executor blocking;
    private final Instant opened;
    private final StreamInput input = new StreamInput(MOST_WAITING);
    private final StreamOutput output;
    private final AtomicLong bytesSinceSound = new AtomicLong();

    /** The owner's own: bytes so far, and then the end. */
    private long given;

    LiveWorkerDecoder(WorkerRun run, Clock clock, Executor blocking, Runnable wakeUp) {
        this.run = run;
        this.clock = clock;
        this.blocking = blocking;
        output = new StreamOutput(MOST_PCM, wakeUp);
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
        given += chunk.length;
        if (!input.offer(chunk)) {
            fail(
                    new ParleyException(
                            FailureKind.TOO_LARGE,
                            "Audio came faster than it can be decoded. Send it as it is recorded."),
                    WorkerOutcome.CALLED_OFF);
        }
        write();
        poll(sink);
    }

    @Override
    public void finish(PcmSink sink) {
        input.finish();
        given = Long.MAX_VALUE;
        write();
        poll(sink);
    }

    @Override
    public boolean poll(PcmSink sink) {
        return output.poll(sink, given);
    }

    @Override
    public int concealedPackets() {
        return 0;
    }

    @Override
    public void close() {
        input.finish();
        input.end();
        output.close();
        run.close();
    }

    /** Reads the worker from its start to its end. */
    private void listen() {
        // Stays when something throws that should not: a stream that was cut off must not look whole.
        @Nullable
        ParleyException told = new ParleyException(FailureKind.INTERNAL, "Decoding broke off. Please try again.");
        try {
            InputStream decoded = run.begin(WorkerProtocol.STREAM);
            input.open();
            write();
            relay(decoded);
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

    private void relay(InputStream decoded) throws IOException {
        DataInputStream pieces = new DataInputStream(decoded);
        long total = 0;
        for (int first = pieces.read(); first >= 0; first = pieces.read()) {
            int length = first << 8 | pieces.readUnsignedByte();
            boolean plausible;
            if (length == WorkerProtocol.MARK) {
                plausible = output.mark(pieces.readLong());
            } else {
                total += length;
                plausible = length % 2 == 0 && length <= WorkerProtocol.MAX_PIECE && total <= allowed();
                byte[] piece = new byte[length];
                pieces.readFully(piece);
                plausible &= output.add(piece);
                bytesSinceSound.set(0);
            }
            run.answered();
            if (!plausible) {
                run.cut(WorkerOutcome.FLOODED);
                return;
            }
            if (decoded.available() == 0) { // else the owner is woken for all of it at once
                output.wake();
            }
        }
    }

    /** Bytes of PCM that the clock allows by now. */
    private long allowed() {
        return BYTES_PER_SECOND
                * Duration.between(opened, clock.instant()).plus(AHEAD).toSeconds();
    }

    private void endedWith(@Nullable ParleyException told) {
        input.end();
        output.end(told);
        output.wake();
    }

    private void fail(ParleyException why, WorkerOutcome outcome) {
        output.end(why);
        input.end();
        run.cut(outcome);
    }

    /** Has what waits written, unless somebody is at it. */
    private void write() {
        if (input.mayWrite()) {
            submit(this::writeAll);
        }
    }

    private void writeAll() {
        OutputStream worker = run.input();
        try {
            byte[] chunk = input.next();
            while (chunk != null && chunk != StreamInput.NOTHING_NOW) {
                if (bytesSinceSound.addAndGet(chunk.length) > MOST_SILENT) {
                    run.cut(WorkerOutcome.TIMED_OUT);
                    return;
                }
                run.owe(true);
                worker.write(chunk);
                worker.flush();
                chunk = input.next();
            }
            boolean last = chunk == null;
            run.owe(last); // answers are owed to the end once no more is coming
            if (last) {
                worker.close();
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
