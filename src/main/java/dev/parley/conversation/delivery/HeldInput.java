package dev.parley.conversation.delivery;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What no connection has taken yet, in the person's order. Bounded in bytes; beyond the bound the oldest audio is dropped
 * and counted, since the newest words matter most; texts and marks are small, few and kept. Confined to the mailbox.
 */
final class HeldInput {
    /** Bound on texts and marks together, in characters and a fixed cost for each. */
    private static final int MAX_CONTROL_CHARS = 256 << 10;

    private static final int CONTROL_COST_CHARS = 1 << 10;

    private final int maxAudioBytes;
    private final ArrayDeque<Piece> pieces = new ArrayDeque<>();
    private int audioBytes;
    private int controlChars;
    private long droppedAudioBytes;

    HeldInput(int maxAudioBytes) {
        this.maxAudioBytes = maxAudioBytes;
    }

    /** Keeps a piece behind all others; false when it is no audio and too much is kept already. */
    boolean add(Piece piece) {
        if (!piece.isAudio() && controlChars + cost(piece) > MAX_CONTROL_CHARS) {
            return false;
        }
        pieces.addLast(piece);
        count(piece, 1);
        dropOldest();
        return true;
    }

    /** Keeps pieces before all others: a connection that was given them is lost. */
    void putBack(List<Piece> earlier) {
        for (int i = earlier.size() - 1; i >= 0; i--) {
            pieces.addFirst(earlier.get(i));
            count(earlier.get(i), 1);
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
        audioBytes += sign * piece.audioBytes();
        controlChars += piece.isAudio() ? 0 : sign * cost(piece);
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
    }
}
