package dev.parley.conversation.delivery;

import dev.parley.gemini.live.LiveConnection;
import java.util.Arrays;
import java.util.function.Predicate;

/**
 * One thing that the person gave: a message of audio, a text, a mark. Immutable.
 *
 * @param kind what it is
 * @param pcm audio, 16 kHz s16le mono; empty for everything else
 * @param chars length of a text
 * @param inActivity whether it lies between a beginning and an end that the person marked
 * @param again whether an earlier connection was given it, and may have taken it
 * @param send hands it to a connection; false when that did not take it
 */
record Piece(
        Kind kind,
        byte[] pcm,
        int chars,
        boolean inActivity,
        boolean again,
        Predicate<LiveConnection> send) {
    private static final byte[] NO_AUDIO = {};

    /** What a connection does with it. */
    enum Kind {
        AUDIO,
        ACTIVITY_START,
        /** Marked again for a connection that did not hear the beginning. */
        ACTIVITY_REOPENED,
        ACTIVITY_END,
        /** A text, a pause, whatever else. */
        OTHER
    }

    static Piece audio(byte[] pcm, boolean inActivity, boolean again) {
        return new Piece(
                Kind.AUDIO,
                pcm,
                0,
                inActivity,
                again,
                connection -> connection.sendAudio(pcm, 0, pcm.length));
    }

    static Piece of(Kind kind, int chars, boolean inActivity, Predicate<LiveConnection> send) {
        return new Piece(kind, NO_AUDIO, chars, inActivity, false, send);
    }

    boolean isAudio() {
        return kind == Kind.AUDIO;
    }

    /** Bytes of audio that no connection was given before. */
    int newAudioBytes() {
        return again ? 0 : pcm.length;
    }

    /** The same, for a connection that follows one which may have taken it. */
    Piece repeated() {
        return isAudio() ? audio(pcm, inActivity, true) : this;
    }

    /** The last bytes of it, for a connection that follows one which may have taken them. */
    Piece repeatedTail(int bytes) {
        return audio(Arrays.copyOfRange(pcm, pcm.length - bytes, pcm.length), inActivity, true);
    }
}
