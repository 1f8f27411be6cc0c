package dev.parley.gemini.access.token;

import dev.parley.shared.failure.FailureKind;
import dev.parley.shared.failure.ParleyException;
import java.io.Serial;

/** No access token could be had; its message is a sentence that an operator can act on, without any secret. */
public final class AccessFailure extends ParleyException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String details;

    AccessFailure(FailureKind kind, String sentence, String details) {
        super(kind, sentence);
        this.details = details;
    }

    /** What was seen, for the log; holds no secret. */
    public String details() {
        return details;
    }
}
