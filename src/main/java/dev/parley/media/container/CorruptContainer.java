package dev.parley.media.container;

import dev.parley.shared.failure.FailureKind;
import dev.parley.shared.failure.ParleyException;

/** Sentences for a container that cannot be read on. */
public final class CorruptContainer {
    private final Container container;

    /** Sentences about this kind of recording. */
    public CorruptContainer(Container container) {
        this.container = container;
    }

    /** The bytes contradict themselves. */
    public ParleyException because(String what) {
        return new ParleyException(
                FailureKind.UNSUPPORTED_AUDIO,
                "The " + container.title() + " recording is damaged (" + what
                        + "); start a new recording and send all of its bytes in order.");
    }

    /** The bytes make sense, but not for us. */
    public ParleyException undecodable(String what) {
        return new ParleyException(
                FailureKind.UNSUPPORTED_AUDIO,
                "The " + container.title() + " recording cannot be decoded: " + what + ". Record with "
                        + container.recommended() + ".");
    }
}
