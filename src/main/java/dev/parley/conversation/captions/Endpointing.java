package dev.parley.conversation.captions;

import dev.parley.conversation.ledger.Pcm;
import java.util.ArrayDeque;
import java.util.Arrays;

/**
 * Marks turns for a model that writes down what it hears: such models lose continuous speech with their own detection, and lose
 * nothing when the marks come from here and each turn waits until the server has told the end of the one before (Live API,
 * transcription; a turn without audio is refused with 1007, so none is sent). What is said while waiting is kept, at most
 * {@value #LONGEST_WAIT_MILLIS} ms of it: then the next turn begins all the same. Confined to the mailbox.
 */
public final class Endpointing {
    private static final int PAUSE_MILLIS = 700;
    private static final int LEAST_SPEECH_MILLIS = 100;

    /** From here on a short pause is enough, so that captions do not lag. */
    private static final int LONG_TURN_MILLIS = 12_000;

    private static final int SHORT_PAUSE_MILLIS = 150;

    /** Ends also in the middle of a word: better than a caption that never comes. */
    private static final int LONGEST_TURN_MILLIS = 30_000;

    private static final int LONGEST_WAIT_MILLIS = 1500;

    private final Marks marks;
    private final Loudness loudness = new Loudness();
    private final ArrayDeque<byte[]> kept = new ArrayDeque<>();
    private State state = State.CLOSED;
    private int turnMillis;
    private int speechMillis;
    private int quietMillis;
    private int keptMillis;

    private enum State {
        CLOSED,
        OPEN,
        /** The end is marked here and not yet told by the server. */
        ENDING
    }

    /** Where turns and their audio go. */
    public interface Marks {
        /** A turn begins. */
        void begin();

        /** Audio of the turn that runs; 16 kHz mono s16le. */
        void audio(byte[] pcm, int offset, int length);

        /** The turn is over. */
        void end();
    }

    /** Nothing was said yet. */
    public Endpointing(Marks marks) {
        this.marks = marks;
    }

    /** The next of what the person says, at most 100 ms; read before this returns. */
    public void take(byte[] pcm, int offset, int length) {
        int millis = (int) Pcm.duration(length, Pcm.INPUT_RATE).toMillis();
        if (state == State.ENDING) {
            kept.add(Arrays.copyOfRange(pcm, offset, offset + length));
            keptMillis += millis;
            if (keptMillis >= LONGEST_WAIT_MILLIS) {
                goOn();
            }
            return;
        }
        if (state == State.CLOSED) {
            open();
        }
        marks.audio(pcm, offset, length);
        turnMillis += millis;
        if (loudness.isQuiet(pcm, offset, length, millis)) {
            quietMillis += millis;
        } else {
            speechMillis += millis;
            quietMillis = 0;
        }
        if (isOver()) {
            end();
        }
    }

    private boolean isOver() {
        int pause = turnMillis >= LONG_TURN_MILLIS ? SHORT_PAUSE_MILLIS : PAUSE_MILLIS;
        return (speechMillis >= LEAST_SPEECH_MILLIS && quietMillis >= pause) || turnMillis >= LONGEST_TURN_MILLIS;
    }

    /** The server has told the end of a turn. */
    public void ended() {
        if (state == State.ENDING) {
            goOn();
        }
    }

    /** The microphone pauses: what was said is to be written down now. */
    public void pause() {
        if (state == State.ENDING) {
            goOn();
        }
        if (state == State.OPEN) {
            end();
        }
    }

    /**
     * The way to the server is about to end: what is being said is to be written down there, since no other connection will know
     * its beginning.
     *
     * @return whether the server still has to write down a turn in which something was said
     */
    public boolean cut() {
        if (state == State.OPEN && speechMillis > 0) {
            end();
        }
        return state == State.ENDING;
    }

    private void goOn() {
        state = State.CLOSED;
        for (byte[] pcm = kept.poll(); pcm != null; pcm = kept.poll()) {
            keptMillis -= (int) Pcm.duration(pcm.length, Pcm.INPUT_RATE).toMillis();
            take(pcm, 0, pcm.length);
            if (state == State.ENDING) { // a long wait may hold a whole short turn
                return;
            }
        }
    }

    private void open() {
        state = State.OPEN;
        turnMillis = 0;
        speechMillis = 0;
        quietMillis = 0;
        marks.begin();
    }

    private void end() {
        state = State.ENDING;
        marks.end();
    }
}
