package dev.parley.tools;

/** A tool could not do what it was asked, for a reason that helps the model: its message goes there as {@code {"error": …}}. */
public class ToolException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Fails with a sentence for the model, such as {@code "There is no order 17; ask for the number again."}. */
    public ToolException(String message) {
        super(message);
    }

    /** As above; the cause stays in the server. */
    public ToolException(String message, Throwable cause) {
        super(message, cause);
    }

    /** The sentence. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
