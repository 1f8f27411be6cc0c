package dev.parley.media.worker.pool;

import dev.parley.shared.failure.FailureKind;
import dev.parley.shared.failure.ParleyException;

/** What a person is told, in one place. */
final class WorkerFailures {
    private static final String INSTEAD =
            " Send WebM or Ogg with Opus, or 16 bit PCM (audio/pcm;rate=N), which are decoded without a helper.";

    private WorkerFailures() {}

    static ParleyException unavailable(String why) {
        return unsupported("This kind of audio cannot be decoded on this server: " + why + "." + INSTEAD);
    }

    static ParleyException refused(String why) {
        return unsupported("The audio cannot be decoded: "
                + (why.isEmpty() ? "it is damaged, or of a kind that is not known here" : why) + "." + INSTEAD);
    }

    static ParleyException died() {
        return unsupported("The decoder gave up on this audio: it is damaged, or unusual." + INSTEAD);
    }

    static ParleyException timedOut() {
        return unsupported("Decoding this audio took too long and was stopped: it is damaged, or very long." + INSTEAD);
    }

    static ParleyException flooded() {
        return unsupported(
                "This audio decodes to far more sound than it can hold and was stopped: it is damaged." + INSTEAD);
    }

    static ParleyException busy(int workers) {
        return new ParleyException(
                FailureKind.NO_CAPACITY,
                "All " + workers + " helpers that decode this kind of audio are at work. Try again in a moment.");
    }

    static ParleyException stopping() {
        return new ParleyException(FailureKind.DRAINING, "The server is being stopped.");
    }

    private static ParleyException unsupported(String sentence) {
        return new ParleyException(FailureKind.UNSUPPORTED_AUDIO, sentence);
    }
}
