package dev.parley.batch.work;

import dev.parley.batch.answer.AnswerSink;
import dev.parley.batch.answer.AnswerSink.Stage;
import dev.parley.batch.upload.ReceivedRecording;
import dev.parley.gemini.message.TokenCounts;
import dev.parley.gemini.models.BatchModel;
import dev.parley.gemini.rest.GeminiRest;
import dev.parley.gemini.rest.UploadedFile;
import dev.parley.gemini.rest.wire.AnswerListener;
import dev.parley.gemini.rest.wire.Question;
import dev.parley.gemini.rest.wire.Transcript;
import dev.parley.limits.budget.Spending;
import dev.parley.media.recording.PreparedRecording;
import dev.parley.media.recording.RecordingPreparer;
import dev.parley.shared.execution.Cancellation;
import dev.parley.shared.failure.FailureKind;
import dev.parley.shared.failure.ParleyException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;

/**
 * One recording on its way from disk to its answer. Its life: made once it was received, {@link #answer} once, on a
 * thread that may block. What it left at Google is deleted whatever happens.
 */
public final class Recording {
    /** What a model that understands is asked when the client asks nothing. */
    static final String DEFAULT_PROMPT =
            "Write down what is said in this recording, then say in two sentences what it is about.";

    /** Gemini's documentation of audio in generateContent. */
    private static final int TOKENS_PER_SECOND = 32;

    private final ReceivedRecording received;
    private final Path folder;
    private final BatchModel model;
    private final Wishes wishes;
    private final Spending spending;
    private final Cancellation cancellation;
    private boolean asking;
    private boolean counted;

    /**
     * What the client wants.
     *
     * @param streamed whether it takes the answer in pieces
     */
    public record Wishes(Optional<String> prompt, Optional<String> language, boolean streamed) {}

    /**
     * What answering needs.
     *
     * @param inlineBytes up to this length a recording goes in the request itself, above it as an upload where there are any
     */
    public record Means(RecordingPreparer preparer, GeminiRest gemini, long inlineBytes, boolean simulated) {}

    /** A recording that was received into {@code folder}, which the caller deletes afterwards. */
    public Recording(
            ReceivedRecording received,
            Path folder,
            BatchModel model,
            Wishes wishes,
            Spending spending,
            Cancellation cancellation) {
        this.received = received;
        this.folder = folder;
        this.model = model;
        this.wishes = wishes;
        this.spending = spending;
        this.cancellation = cancellation;
    }

    /**
     * Prepares the recording, asks, and tells the answer.
     *
     * @throws dev.parley.shared.failure.ParleyException for whatever goes wrong
     * @throws java.util.concurrent.CancellationException when the client has left
     */
    public void answer(Means means, AnswerSink sink) {
        OptionalLong total = OptionalLong.of(received.bytes());
        sink.progress(Stage.RECEIVED, received.bytes(), total, Optional.empty());
        sink.progress(Stage.PREPARING, 0, total, Optional.empty());
        PreparedRecording prepared = means.preparer()
                .prepare(received.file(), received.declaredType().orElse(null), folder, cancellation);
        cancellation.check();
        long bytes = size(prepared.file());
        spending.recordEstimate(
                TOKENS_PER_SECOND * AudioLength.of(prepared, bytes).toSeconds());
        boolean kept = false;
        try {
            deliver(means, sink, prepared, bytes);
            kept = true;
        } catch (CancellationException left) {
            kept = asking; // Google may have read all of it
            throw left;
        } finally {
            if (!kept && !counted) {
                spending.recordUsage(0);
            }
        }
    }

    private void deliver(Means means, AnswerSink sink, PreparedRecording prepared, long bytes) {
        Optional<String> mismatch = Optional.ofNullable(prepared.mismatch());
        if (bytes <= means.inlineBytes()) {
            ask(
                    means,
                    sink,
                    prepared,
                    new Question.Inline(prepared.file(), prepared.mimeType(), bytes),
                    bytes,
                    mismatch);
            return;
        }
        if (!means.gemini().takesUploads()) {
            throw tooLarge(bytes, means.inlineBytes());
        }
        sink.progress(Stage.UPLOADING, 0, OptionalLong.of(bytes), mismatch);
        UploadedFile file = means.gemini()
                .upload(
                        spending.key(),
                        prepared.file(),
                        prepared.mimeType(),
                        arrived -> sink.progress(Stage.UPLOADING, arrived, OptionalLong.of(bytes), Optional.empty()),
                        (pause, why) -> sink.progress(Stage.RETRYING, 0, OptionalLong.empty(), Optional.of(why)),
                        cancellation);
        try {
            ask(means, sink, prepared, new Question.Uploaded(file.uri(), prepared.mimeType()), bytes, mismatch);
        } finally {
            means.gemini().delete(spending.key(), file);
        }
    }

    private void ask(
            Means means,
            AnswerSink sink,
            PreparedRecording prepared,
            Question.Recording recording,
            long bytes,
            Optional<String> message) {
        sink.progress(Stage.ASKING, bytes, OptionalLong.of(bytes), message);
        asking = true;
        Question question = new Question(
                spending.key(),
                model.name(),
                model.transcribes(),
                wishes.prompt().or(() -> model.transcribes() ? Optional.empty() : Optional.of(DEFAULT_PROMPT)),
                wishes.language(),
                recording);
        Counted listener = new Counted(sink);
        String finishReason;
        try {
            finishReason = means.gemini()
                    .ask(
                            question,
                            wishes.streamed(),
                            listener,
                            (pause, why) ->
                                    sink.progress(Stage.RETRYING, bytes, OptionalLong.of(bytes), Optional.of(why)),
                            cancellation);
        } finally {
            if (listener.total > 0) {
                counted = true;
                spending.recordUsage(listener.total);
            }
        }
        sink.done(new AnswerSink.Done(
                model.name(),
                finishReason,
                means.simulated(),
                prepared.treatment().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                prepared.found(),
                Optional.ofNullable(prepared.mismatch())));
    }

    private static ParleyException tooLarge(long bytes, long most) {
        return new ParleyException(
                FailureKind.TOO_LARGE,
                String.format(
                        Locale.ROOT,
                        "The recording has %.1f MB as Gemini would get it, but Vertex AI takes no uploads, and %.1f MB fit in"
                                + " a request. Send a shorter part, or the same as Ogg/Opus or MP3; whoever runs this server"
                                + " may raise parley.batch.inline-bytes.",
                        bytes / 1e6,
                        most / 1e6));
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Remembers the latest count of tokens. */
    private static final class Counted implements AnswerListener {
        private final AnswerSink sink;
        private long total;

        Counted(AnswerSink sink) {
            this.sink = sink;
        }

        @Override
        public void transcript(Transcript transcript) {
            sink.transcript(transcript);
        }

        @Override
        public void text(String delta) {
            sink.text(delta);
        }

        @Override
        public void usage(TokenCounts counts) {
            total = counts.total();
            sink.usage(counts);
        }
    }
}
