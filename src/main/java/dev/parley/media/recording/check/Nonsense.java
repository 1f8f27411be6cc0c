package dev.parley.media.recording.check;

import dev.parley.shared.failure.FailureKind;
import dev.parley.shared.failure.ParleyException;

/** Sentences for recordings that cannot be used. */
public final class Nonsense {
    private Nonsense() {}

    /** A recording of a known kind that contradicts itself or breaks off. */
    public static ParleyException in(String kind, String what) {
        return refused("The " + kind + " recording is damaged (" + what + ").");
    }

    /** Any refusal: what is wrong, and what would be right. */
    public static ParleyException refused(String what) {
        return new ParleyException(
                FailureKind.UNSUPPORTED_AUDIO,
                what + " Send WAV, MP3, M4A, AAC, FLAC, Ogg, AIFF, or what a browser records (WebM or MP4).");
    }
}
