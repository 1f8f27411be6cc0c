package dev.parley.tools.type;

import dev.parley.tools.ToolException;

/** An argument that the schema does not allow; the message tells the model which one, and what is allowed. */
public final class ArgumentException extends ToolException {
    private static final long serialVersionUID = 1L;

    /** A sentence for the model. */
    public ArgumentException(String message) {
        super(message);
    }

    /** The value of {@code where} is not as it must be. */
    static ArgumentException of(String where, String mustBe) {
        return new ArgumentException("\"" + where + "\" " + mustBe + ".");
    }
}
