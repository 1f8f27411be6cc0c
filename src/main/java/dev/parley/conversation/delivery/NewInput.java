package dev.parley.conversation.delivery;

import dev.parley.gemini.live.LiveConnection;
import java.util.Arrays;
import java.util.function.Predicate;

/**
 * What the person, or a tool for them, gives from now on, as pieces of one order that know the turn they belong to. Confined
 * to the mailbox.
 */
public final class NewInput {
    private final Way way;

    /** The person has marked the beginning of a turn and not its end. */
    private boolean activityOpen;

    /** Where pieces go. */
    @FunctionalInterface
    interface Way {
        /** Passes it on or holds it; false when it was lost because too much is held. */
        boolean pass(Piece piece);
    }

    /** Nothing given yet. */
    NewInput(Way way) {
        this.way = way;
    }

    /** Passes a PCM message on, or holds it. */
    public void audio(byte[] pcm, int offset, int length) {
        way.pass(Piece.audio(Arrays.copyOfRange(pcm, offset, offset + length), activityOpen));
    }

    /**
     * Passes a text on or holds it; false when it was lost because too much is held.
     *
     * @param send hands it to a connection; false when that did not take it
     * @param takenBack told when the connection that took it is lost and the next one is to be given it
     */
    public boolean text(int chars, Predicate<LiveConnection> send, Runnable takenBack) {
        return way.pass(Piece.of(Piece.Kind.TEXT, chars, activityOpen, send, takenBack));
    }

    /** Passes a tool's answer on or holds it; false when it was lost because too much is held. */
    public boolean answer(int chars, Predicate<LiveConnection> send) {
        return way.pass(Piece.of(Piece.Kind.ANSWER, chars, activityOpen, send, () -> {}));
    }

    /** The microphone pauses; false when the mark was lost. */
    public boolean endStream() {
        return mark(Piece.Kind.PAUSE, activityOpen, LiveConnection::sendAudioStreamEnd);
    }

    /** The person marks the beginning of a turn; false when the mark was lost. */
    public boolean beginActivity() {
        activityOpen = true;
        return mark(Piece.Kind.ACTIVITY_START, false, LiveConnection::sendActivityStart);
    }

    /** The person marks the end of a turn; false when the mark was lost. */
    public boolean endActivity() {
        activityOpen = false;
        return mark(Piece.Kind.ACTIVITY_END, true, LiveConnection::sendActivityEnd);
    }

    private boolean mark(Piece.Kind kind, boolean inActivity, Predicate<LiveConnection> send) {
        return way.pass(Piece.mark(kind, inActivity, send));
    }
}
