package dev.parley.media.worker;

import dev.parley.media.recording.FileTranscoder;
import dev.parley.media.worker.launch.WorkerProtocol;
import dev.parley.media.worker.pool.WorkerOutcome;
import dev.parley.media.worker.pool.WorkerPool;
import dev.parley.media.worker.pool.WorkerRun;
import dev.parley.shared.execution.Cancellation;
import dev.parley.shared.failure.FailureKind;
import dev.parley.shared.failure.ParleyException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/** Whole recordings through workers, one each. Waits for a free one, and holds no more of a recording than a buffer. */
@ApplicationScoped
public class WorkerTranscoder implements FileTranscoder {
    /** As long as Gemini takes in one request: 9.5 hours, 1.1 GB. */
    static final long MOST_PCM = 32_000L * 34_200;

    /**
     * Decoded bytes of each byte: no format holds more than FLAC of 8 kHz, whose longest frame is 65 535 samples, 262 140 bytes
     * here, and in digital silence has 13 bytes (RFC 9639 §9). Usual FLAC of silence comes to 1 320, speech stays below 60.
     */
    static final long MOST_PER_BYTE = 262_140 / 13 + 1;

    private static final long FREE_PCM = 1 << 20;

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int HEADER = 44;
    private static final int BUFFER = 65_536;

    private final Supplier<WorkerPool> pool;

    /** For CDI's client proxy only. */
    protected WorkerTranscoder() {
        this(() -> {
            throw new IllegalStateException();
        });
    }

    /** Uses the application's pool. */
    @Inject
    public WorkerTranscoder(ApplicationWorkers workers) {
        this(workers::pool);
    }

    WorkerTranscoder(Supplier<WorkerPool> pool) {
        this.pool = pool;
    }

    @Override
    public void toWav(Path source, Path target, LongConsumer grows, Cancellation cancellation) {
        String order = WorkerProtocol.FILE + source.toAbsolutePath();
        if (order.indexOf('\n') >= 0 || order.getBytes(StandardCharsets.UTF_8).length > WorkerProtocol.MAX_ORDER) {
            throw new IllegalArgumentException("A path that cannot be ordered: " + source);
        }
        try (WorkerRun run = pool.get().take(PATIENCE, cancellation)) {
            Cancellation.Registration leaving = cancellation.onCancel(() -> run.cut(WorkerOutcome.CALLED_OFF));
            try (RandomAccessFile wav = new RandomAccessFile(target.toFile(), "rw")) {
                long most = Math.min(MOST_PCM, FREE_PCM + MOST_PER_BYTE * Files.size(source));
                decode(run, order, wav, most, grows);
            } finally {
                leaving.close();
            }
        } catch (ParleyException failure) {
            cancellation.check(); // a worker that was ended from here fails too
            throw failure;
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }

    private static void decode(WorkerRun run, String order, RandomAccessFile wav, long most, LongConsumer grows)
            throws IOException {
        InputStream pcm = run.begin(order);
        run.owe(true);
        wav.setLength(0);
        grows.accept(HEADER);
        wav.write(new byte[HEADER]);
        long length = copy(pcm, wav, run, most, grows);
        if (length > most) {
            run.cut(WorkerOutcome.FLOODED);
            run.end();
            throw tooMuch(most);
        }
        ParleyException failure = run.end();
        if (failure != null) {
            throw failure;
        }
        wav.seek(0);
        wav.write(header(length));
    }

    private static ParleyException tooMuch(long most) {
        return most == MOST_PCM
                ? new ParleyException(
                        FailureKind.TOO_LARGE,
                        "The recording is longer than 9.5 hours, which is all that Gemini takes at once.")
                : new ParleyException(
                        FailureKind.UNSUPPORTED_AUDIO,
                        "The recording claims more sound than its bytes can hold. It is damaged: record it again.");
    }

    private static long copy(InputStream pcm, RandomAccessFile wav, WorkerRun run, long most, LongConsumer grows)
            throws IOException {
        byte[] buffer = new byte[BUFFER];
        long length = 0;
        while (length <= most) {
            int count = read(pcm, buffer);
            if (count < 0) {
                break;
            }
            run.answered();
            grows.accept(count);
            wav.write(buffer, 0, count);
            length += count;
        }
        return length;
    }

    /** A worker that was killed leaves a broken pipe, which is an end like another. */
    private static int read(InputStream pcm, byte[] buffer) {
        try {
            return pcm.read(buffer);
        } catch (IOException killed) {
            return -1;
        }
    }

    /** RIFF WAVE, PCM s16le, 16 kHz, mono. */
    private static byte[] header(long length) {
        ByteBuffer header = ByteBuffer.allocate(HEADER).order(ByteOrder.LITTLE_ENDIAN);
        header.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt((int) (length + HEADER - 8));
        header.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
        header.putShort((short) 1).putShort((short) 1).putInt(16_000).putInt(32_000);
        header.putShort((short) 2).putShort((short) 16);
        header.put("data".getBytes(StandardCharsets.US_ASCII)).putInt((int) length);
        return header.array();
    }
}
