package dev.parley.shared.failure;

import java.io.Serial;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A failure with its row of {@link FailureKind} and a sentence its reader can act on. The message goes to clients as
 * it is: it must never hold a key, a stack trace or an address of the inside.
 */
public class ParleyException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final FailureKind kind;

    /** A failure whose cause is told by the sentence alone. */
    public ParleyException(FailureKind kind, String message) {
        this(kind, message, null);
    }

    /** A failure with the cause for the log. */
    public ParleyException(FailureKind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** The row of the table. */
    public FailureKind kind() {
        return kind;
    }

    /** When trying again can help, where somebody told. */
    public Optional<Duration> retryAfter() {
        return Optional.empty();
    }

    /** The sentence; never null here. */
    @Override
    public String getMessage() {
        String message = super.getMessage();
        return message == null ? kind.name() : message;
    }
}
