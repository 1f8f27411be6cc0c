package dev.parley.media.worker.program;

import java.io.Serial;

/** The recording cannot be decoded; the message completes a sentence for the person who sent it. */
final class UndecodableException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    UndecodableException(String why) {
        super(why);
    }
}
