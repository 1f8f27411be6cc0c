package dev.parley.conversation.delivery;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What no connection has taken yet, in the person's order. Bounded in bytes; beyond the bound the oldest audio is dropped
 * and counted, since the newest words matter most; texts, marks and answers are kept, each kind within its own bound, so that
 * neither costs the other its room. Confined to the mailbox.
 */
final class HeldInput {
    /** Bound on texts and marks together, in characters and a fixed cost for each. */
    private static final int MAX_CONTROL_CHARS = 256 << 10;

    private static final int CONTROL_COST_CHARS = 1 << 10;

    /** Room beside each of the longest answers for one that says in a sentence what became of another. */
    private static final int SHORT_ANSWER_CHARS = 256;

    private final int maxAudioBytes;

    /** Bound on answers together, likewise. */
    private final long maxAnswerChars;

    private final ArrayDeque<Piece> pieces = new ArrayDeque<>();
    private int audioBytes;
    private int controlChars;
    private long answerChars;
    private long droppedAudioBytes;

    /** Keeps so much audio, and so many answers of such a length with as many short ones. */
    HeldInput(int maxAudioBytes, int maxAnswers, int longestAnswer) {
        this.maxAudioBytes = maxAudioBytes;
        this.maxAnswerChars = (long) maxAnswers * (longestAnswer + SHORT_ANSWER_CHARS + 2 * CONTROL_COST_CHARS);
    }

    /** Keeps a piece behind all others; false when it is no audio and too much is kept already. */
    boolean add(Piece piece) {
        if (!fits(piece)) {
            return false;
        }
        pieces.addLast(piece);
        count(piece, 1);
        dropOldest();
        return true;
    }

    private boolean fits(Piece piece) {
        return switch (piece.kind()) {
            case AUDIO -> true; // an older one goes
            case ANSWER -> answerChars + cost(piece) <= maxAnswerChars;
            default -> controlChars + cost(piece) <= MAX_CONTROL_CHARS;
        };
    }

    /** Keeps pieces before all others: a connection that was given them is lost. */
    void putBack(List<Piece> earlier) {
        for (int i = earlier.size() - 1; i >= 0; i--) {
            pieces.addFirst(earlier.get(i));
            count(earlier.get(i), 1);
            earlier.get(i).takenBack();
        }
        dropOldest();
    }

    private void dropOldest() {
        Iterator<Piece> oldest = pieces.iterator();
        while (audioBytes > maxAudioBytes && oldest.hasNext()) {
            Piece piece = oldest.next();
            if (piece.isAudio()) {
                oldest.remove();
                count(piece, -1);
                droppedAudioBytes += piece.newAudioBytes();
            }
        }
    }

    private void count(Piece piece, int sign) {
        switch (piece.kind()) {
            case AUDIO -> audioBytes += sign * piece.audioBytes();
            case ANSWER -> answerChars += (long) sign * cost(piece);
            default -> controlChars += sign * cost(piece);
        }
    }

    private static int cost(Piece piece) {
        return piece.chars() + CONTROL_COST_CHARS;
    }

    boolean isEmpty() {
        return pieces.isEmpty();
    }

    /** The oldest; null when there is none. */
    @Nullable
    Piece peek() {
        return pieces.peek();
    }

    /** The oldest has been taken. */
    void removeOldest() {
        count(pieces.remove(), -1);
    }

    int audioBytes() {
        return audioBytes;
    }

    /** Audio that a connection was given before and the next one will be given again. */
    int repeatedAudioBytes() {
        return pieces.stream()
                .mapToInt(piece -> piece.audioBytes() - piece.newAudioBytes())
                .sum();
    }

    /** Audio that was dropped and that no connection ever was given, in all. */
    long droppedAudioBytes() {
        return droppedAudioBytes;
    }

    /** Nobody will take it any more. */
    void clear() {
        pieces.forEach(piece -> droppedAudioBytes += piece.newAudioBytes());
        pieces.clear();
        audioBytes = 0;
        controlChars = 0;
        answerChars = 0;
    }
}
