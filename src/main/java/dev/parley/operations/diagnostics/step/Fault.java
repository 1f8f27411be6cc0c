package dev.parley.operations.diagnostics.step;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A check failed; the message says what was seen and what to do, without any key. */
public final class Fault extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    /** What was seen and what to do. */
    public Fault(String words) {
        this(words, null);
    }

    /** The same, with its cause for the log. */
    public Fault(String words, @Nullable Throwable cause) {
        super(words, cause);
    }
}
