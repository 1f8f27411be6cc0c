package dev.parley.media.worker.program.source;

import java.io.Serial;

/** The recording cannot be decoded; the message completes a sentence for the person who sent it. */
public final class UndecodableException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    /** A reason such as "it is damaged". */
    public UndecodableException(String why) {
        super(why);
    }
}
