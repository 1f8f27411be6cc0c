package dev.parley.gemini.failure;

import dev.parley.shared.failure.FailureKind;
import dev.parley.shared.failure.ParleyException;
import java.io.Serial;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request to Gemini's REST API that failed; its message is a sentence that a person can act on, without any key. */
public final class RestFailure extends ParleyException {
    /** Stands for the HTTP status when no answer came. */
    static final int NO_STATUS = 0;

    @Serial
    private static final long serialVersionUID = 1L;

    private final int status;
    private final @Nullable Duration retryAfter;
    private final String details;

    /**
     * A failed request.
     *
     * @param status the HTTP status, {@value #NO_STATUS} without one
     * @param retryAfter what the server asks to wait; null when it says nothing
     * @param details for the log; never holds a key
     */
    RestFailure(FailureKind kind, String sentence, int status, @Nullable Duration retryAfter, String details) {
        super(kind, sentence);
        this.status = status;
        this.retryAfter = retryAfter;
        this.details = details;
    }

    /** The HTTP status; 0 when no answer came. */
    public int status() {
        return status;
    }

    /** Whether the server was too busy for this moment (429 or 503), so that the same request may soon be taken. */
    public boolean isBusy() {
        return status == 429 || status == 503;
    }

    /** Whether the server did not take the credential (401), so that another one may help. */
    public boolean isSignInRefused() {
        return status == 401;
    }

    @Override
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    /** What was seen, for the log. */
    public String details() {
        return details;
    }
}
