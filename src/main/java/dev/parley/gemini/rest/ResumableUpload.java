package dev.parley.gemini.rest;

import dev.parley.gemini.failure.AnswerFailures;
import dev.parley.gemini.failure.RestFailure;
import dev.parley.gemini.rest.FileStore.FileState;
import dev.parley.gemini.rest.http.Call;
import dev.parley.gemini.rest.http.CallBody;
import dev.parley.gemini.rest.http.Reply;
import dev.parley.gemini.rest.http.RestTransport;
import dev.parley.shared.execution.Cancellation;
import dev.parley.shared.settings.ApiKey;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.LongConsumer;

/**
 * The bytes of one file, in chunks, once its upload was begun. After a chunk that was refused Google is asked how much it
 * has, since it may have stored what it did not answer. An upload that fails is cancelled there. One upload, one thread; blocks.
 */
final class ResumableUpload {
    /** As Google's own clients send it; all chunks but the last must be a multiple of 256 KiB. */
    static final int CHUNK_BYTES = 8 << 20;

    /** How long each of the two last questions about an upload that failed may take. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(10);

    private static final System.Logger LOG = System.getLogger(ResumableUpload.class.getName());
    private static final String COMMAND = "X-Goog-Upload-Command";

    private final Way way;
    private final ApiKey key;
    private final URI session;
    private final Path file;
    private final long size;
    private final Cancellation cancellation;
    private long offset;
    private boolean doubtful;

    /** How chunks get to Google. */
    record Way(RestTransport transport, Retries retries, Duration patience) {}

    ResumableUpload(Way way, ApiKey key, URI session, Path file, long size, Cancellation cancellation) {
        this.way = way;
        this.key = key;
        this.session = session;
        this.file = file;
        this.size = size;
        this.cancellation = cancellation;
    }

    /**
     * Sends everything; {@code progress} is told of all chunks but the last. The file may be there though it was cancelled or
     * the connection broke; when this throws, nothing of it stays at Google, as far as Google answers.
     */
    FileState run(LongConsumer progress, RetryNotice notice) {
        try {
            while (true) {
                cancellation.check();
                Optional<FileState> done = way.retries().run(this::step, () -> true, notice, cancellation);
                if (done.isPresent()) {
                    return done.get();
                }
                progress.accept(offset);
            }
        } catch (CancellationException | RestFailure given) {
            return settled().orElseThrow(() -> given);
        }
    }

    /** Gives the upload up, unless its last chunk was stored though no answer said so: then there is a file. */
    private Optional<FileState> settled() {
        try {
            // First, so that nothing comes into being after the question.
            way.transport().exchange(call("cancel", LAST_WORDS), new Cancellation(), Reply::status);
        } catch (RestFailure finished) {
            LOG.log(System.Logger.Level.DEBUG, "An upload could not be given up: {0}", finished.details());
        }
        if (!doubtful || size - offset > CHUNK_BYTES) {
            return Optional.empty();
        }
        try {
            return way.transport().exchange(call("query", LAST_WORDS), new Cancellation(), this::where);
        } catch (RestFailure none) {
            return Optional.empty();
        }
    }

    private Optional<FileState> step() {
        if (doubtful) {
            Optional<FileState> finished =
                    way.transport().exchange(call("query", way.patience()), new Cancellation(), this::where);
            if (finished.isPresent()) {
                return finished;
            }
        }
        long length = Math.min(CHUNK_BYTES, size - offset);
        boolean last = offset + length == size;
        long from = offset;
        Call call = call(last ? "upload, finalize" : "upload", way.patience())
                .with("X-Goog-Upload-Offset", Long.toString(from))
                .with(new CallBody(() -> FileSlice.open(file, from, length), length));
        doubtful = true;
        // A last chunk that is given up half-way would leave a file whose name nobody knows, so it is not.
        Optional<FileState> done = way.transport()
                .exchange(
                        call,
                        last ? new Cancellation() : cancellation,
                        reply -> last ? Optional.of(FileStore.state(reply, "file")) : Optional.empty());
        doubtful = false;
        offset += length;
        return done;
    }

    /** Reads the answer to a query: the file when it is whole, else where to go on. */
    private Optional<FileState> where(Reply reply) throws IOException {
        String status = reply.headers().firstValue("X-Goog-Upload-Status").orElse("");
        if (status.equals("final")) {
            return Optional.of(FileStore.state(reply, "file"));
        }
        long received = reply.headers()
                .firstValue("X-Goog-Upload-Size-Received")
                .filter(number -> number.matches("\\d{1,15}"))
                .map(Long::parseLong)
                .orElse(-1L);
        if (!status.equals("active") || received < 0 || received > size) {
            throw AnswerFailures.gibberish("an upload that is " + status + " with " + received + " bytes of " + size);
        }
        offset = received;
        doubtful = false;
        return Optional.empty();
    }

    private Call call(String command, Duration patience) {
        return Call.of("POST", session, key, patience).with(COMMAND, command);
    }
}
