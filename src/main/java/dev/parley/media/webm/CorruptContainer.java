package dev.parley.media.webm;

import dev.parley.shared.failure.FailureKind;
import dev.parley.shared.failure.ParleyException;

/** Sentences for a container that cannot be read on. */
final class CorruptContainer {
    private CorruptContainer() {}

    static ParleyException because(String what) {
        return new ParleyException(
                FailureKind.UNSUPPORTED_AUDIO,
                "The WebM recording is damaged (" + what
                        + "); start a new recording and send all of its bytes in order.");
    }

    static ParleyException undecodable(String what) {
        return new ParleyException(
                FailureKind.UNSUPPORTED_AUDIO,
                "The WebM recording cannot be decoded: " + what + ". Record with audio/webm;codecs=opus.");
    }
}
