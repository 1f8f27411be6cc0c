package dev.parley.gemini.rest;

import dev.parley.gemini.failure.RestFailure;
import dev.parley.gemini.message.TokenCounts;
import dev.parley.gemini.rest.http.Call;
import dev.parley.gemini.rest.http.Pauses;
import dev.parley.gemini.rest.http.RestTransport;
import dev.parley.gemini.rest.wire.AnswerListener;
import dev.parley.gemini.rest.wire.AnswerReader;
import dev.parley.gemini.rest.wire.Question;
import dev.parley.gemini.rest.wire.QuestionBody;
import dev.parley.gemini.rest.wire.Transcript;
import dev.parley.shared.execution.Cancellation;
import dev.parley.shared.execution.Timers;
import dev.parley.shared.settings.ApiKey;
import dev.parley.shared.settings.SettingsReader;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.LongConsumer;

/**
 * Asks Gemini about whole recordings. Every method blocks until it is done, throws a {@link RestFailure} with a sentence
 * for people, or {@link java.util.concurrent.CancellationException} as soon as its cancellation says so. Thread safe.
 */
@ApplicationScoped
public class GeminiRest {
    private static final System.Logger LOG = System.getLogger(GeminiRest.class.getName());

    private final RestTransport transport;
    private final Duration patience;
    private final Retries retries;
    private final FileStore files;

    /** For CDI's client proxy only, which has no use for the fields. */
    @SuppressWarnings("NullAway") // the proxy's own fields are never read
    protected GeminiRest() {
        transport = null;
        patience = Duration.ZERO;
        retries = null;
        files = null;
    }

    /** Reads the settings. */
    @Inject
    public GeminiRest(SettingsReader reader, RestTransport transport, Timers timers) {
        this.transport = transport;
        patience = reader.duration(
                "parley.gemini.answer-timeout", Duration.ofMinutes(5), Duration.ofSeconds(1), Duration.ofHours(1));
        Pauses pauses = new Pauses(timers);
        retries = new Retries(pauses);
        files = new FileStore(transport, pauses, retries, patience);
    }

    /**
     * Asks a question and passes the answer on while it comes.
     *
     * @param streamed whether the answer shall come in pieces
     * @return why the model stopped, such as {@code STOP} or {@code MAX_TOKENS}
     */
    public String ask(
            Question question,
            boolean streamed,
            AnswerListener listener,
            RetryNotice notice,
            Cancellation cancellation) {
        FirstPiece first = new FirstPiece(listener);
        URI target = transport.target(question.model(), streamed ? "streamGenerateContent?alt=sse" : "generateContent");
        Call call = Call.of("POST", target, question.key(), patience)
                .about(question.model())
                .with("Content-Type", "application/json")
                .with(QuestionBody.of(question));
        return retries.run(
                () -> transport.exchange(
                        call, cancellation, reply -> new AnswerReader(question, transport.version(), first)
                                .read(reply)),
                () -> !first.told,
                notice,
                cancellation);
    }

    /** Whether recordings can be uploaded; without, they have to fit in the request. */
    public boolean takesUploads() {
        return transport.service().takesUploads();
    }

    /**
     * Uploads a recording and waits until Gemini can use it; what was uploaded is deleted when that fails.
     *
     * @param progress told how many bytes have arrived
     * @return to be given to {@link #delete} afterwards
     */
    public UploadedFile upload(
            ApiKey key,
            Path file,
            String mimeType,
            LongConsumer progress,
            RetryNotice notice,
            Cancellation cancellation) {
        FileStore.FileState uploaded = files.upload(key, file, mimeType, progress, notice, cancellation);
        try {
            progress.accept(FileStore.size(file)); // a client that is found to have left must not cost the file's name
            cancellation.check();
            return files.awaitActive(key, uploaded, cancellation);
        } catch (RuntimeException failure) {
            delete(key, uploaded.file());
            throw failure;
        }
    }

    /** Deletes an uploaded recording, whatever was cancelled before; never throws. */
    public void delete(ApiKey key, UploadedFile file) {
        try {
            files.delete(key, file.name());
        } catch (RestFailure failure) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "The uploaded recording {0} could not be deleted at Google, which keeps it for 48 hours: {1}",
                    file.name(),
                    failure.details());
        } catch (RuntimeException failure) {
            LOG.log(System.Logger.Level.WARNING, "An uploaded recording could not be deleted at Google", failure);
        }
    }

    /** Knows whether something of the answer was passed on. One thread. */
    private static final class FirstPiece implements AnswerListener {
        private final AnswerListener listener;
        private boolean told;

        FirstPiece(AnswerListener listener) {
            this.listener = listener;
        }

        @Override
        public void transcript(Transcript transcript) {
            told = true;
            listener.transcript(transcript);
        }

        @Override
        public void text(String delta) {
            told = true;
            listener.text(delta);
        }

        @Override
        public void usage(TokenCounts counts) {
            listener.usage(counts);
        }
    }
}
