package dev.parley.conversation.delivery;

import dev.parley.gemini.live.LiveConnection;
import java.util.Arrays;
import java.util.function.Predicate;

/** One thing that the person gave: a message of audio, a text, a mark. Immutable; compared by identity. */
final class Piece {
    private static final byte[] NO_AUDIO = {};

    private final Kind kind;

    /** Audio, 16 kHz s16le mono; empty for everything else. */
    private final byte[] pcm;

    private final int chars;
    private final boolean inActivity;

    /** An earlier connection was given it, and may have taken it. */
    private final boolean again;

    private final Predicate<LiveConnection> send;
    private final Runnable takenBack;

    /** What a connection does with it. */
    enum Kind {
        AUDIO,
        ACTIVITY_START,
        /** Marked again for a connection that did not hear the beginning. */
        ACTIVITY_REOPENED,
        ACTIVITY_END,
        /** Out of date when it did not leave at once. */
        PICTURE,
        /** The microphone pauses. */
        PAUSE,
        TEXT,
        /** A tool's, to the model. */
        ANSWER
    }

    private Piece(
            Kind kind,
            byte[] pcm,
            int chars,
            boolean inActivity,
            boolean again,
            Predicate<LiveConnection> send,
            Runnable takenBack) {
        this.kind = kind;
        this.pcm = pcm;
        this.chars = chars;
        this.inActivity = inActivity;
        this.again = again;
        this.send = send;
        this.takenBack = takenBack;
    }

    /**
     * A message of audio.
     *
     * @param pcm 16 kHz s16le mono, which nobody changes any more
     * @param inActivity whether it lies between a beginning and an end that the person marked
     */
    static Piece audio(byte[] pcm, boolean inActivity) {
        return audio(pcm, inActivity, false);
    }

    private static Piece audio(byte[] pcm, boolean inActivity, boolean again) {
        return new Piece(
                Kind.AUDIO,
                pcm,
                0,
                inActivity,
                again,
                connection -> connection.sendAudio(pcm, 0, pcm.length),
                () -> {});
    }

    /**
     * Anything else.
     *
     * @param chars length of a text
     * @param send hands it to a connection; false when that did not take it
     * @param takenBack told when a connection that took it is lost, and another one is to be given it
     */
    static Piece of(Kind kind, int chars, boolean inActivity, Predicate<LiveConnection> send, Runnable takenBack) {
        return new Piece(kind, NO_AUDIO, chars, inActivity, false, send, takenBack);
    }

    /** A mark of no length. */
    static Piece mark(Kind kind, boolean inActivity, Predicate<LiveConnection> send) {
        return of(kind, 0, inActivity, send, () -> {});
    }

    Kind kind() {
        return kind;
    }

    boolean isAudio() {
        return kind == Kind.AUDIO;
    }

    boolean isInActivity() {
        return inActivity;
    }

    int audioBytes() {
        return pcm.length;
    }

    int chars() {
        return chars;
    }

    /** Bytes of audio that no connection was given before. */
    int newAudioBytes() {
        return again ? 0 : pcm.length;
    }

    boolean sendTo(LiveConnection connection) {
        return send.test(connection);
    }

    /** A connection that was given it is lost, and it waits for another one. */
    void takenBack() {
        takenBack.run();
    }

    /** The last bytes of it, or all, for a connection that follows one which may have taken them. */
    Piece repeated(int bytes) {
        return isAudio()
                ? audio(Arrays.copyOfRange(pcm, pcm.length - bytes, pcm.length), inActivity, true)
                : new Piece(kind, pcm, chars, inActivity, true, send, takenBack);
    }

    /** Words that were repeated once already: they may be what kills the connections. */
    boolean isRepeatedText() {
        return again && (kind == Kind.TEXT || kind == Kind.ANSWER || kind == Kind.PAUSE);
    }
}
