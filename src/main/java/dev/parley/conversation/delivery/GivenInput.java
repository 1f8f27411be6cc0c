package dev.parley.conversation.delivery;

import dev.parley.conversation.ledger.Pcm;
import dev.parley.gemini.live.LiveConnection;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;

/**
 * What one connection was given, for as long as it may have to be given to the next one: what has not been written yet, and
 * the end of what has, since nobody can know whether the peer took it. Confined to the mailbox.
 */
final class GivenInput {
    /** Audio that is sent again after a sudden death, at most: 300 ms. */
    static final int REPEATED_BYTES = 2 * Pcm.INPUT_RATE * 300 / 1000;

    /** What was written so long before the last is taken for consumed. */
    private static final long REPEATED_WITHIN_MILLIS = 1000;

    private final LiveConnection connection;
    private final ArrayDeque<Given> given = new ArrayDeque<>();

    /** This connection has been told that the person's turn is open. */
    private boolean activityOpen;

    private record Given(Piece piece, long atMillis) {}

    /** Nothing given yet. */
    GivenInput(LiveConnection connection) {
        this.connection = connection;
    }

    LiveConnection connection() {
        return connection;
    }

    /**
     * Gives a piece; false when the connection did not take it. What the person said in the middle of a turn of theirs gets
     * its beginning marked again on a new connection, which knows of none; an end without audio before it is left out, as
     * the upstream refuses empty turns.
     */
    boolean give(Piece piece, long nowMillis) {
        if (piece.isAudio() && piece.isInActivity() && !activityOpen) {
            Piece reopening = Piece.mark(Piece.Kind.ACTIVITY_REOPENED, true, LiveConnection::sendActivityStart);
            if (!giveAsItIs(reopening, nowMillis)) {
                return false;
            }
        }
        if (piece.kind() == Piece.Kind.ACTIVITY_END && !activityOpen) {
            return true;
        }
        return giveAsItIs(piece, nowMillis);
    }

    private boolean giveAsItIs(Piece piece, long nowMillis) {
        if (!piece.sendTo(connection)) {
            return false;
        }
        switch (piece.kind()) {
            case ACTIVITY_START, ACTIVITY_REOPENED -> activityOpen = true;
            case ACTIVITY_END -> activityOpen = false;
            case AUDIO, PICTURE, PAUSE, TEXT, ANSWER -> {
                // says nothing about turns
            }
        }
        given.add(new Given(piece, nowMillis));
        forgetConsumed(nowMillis);
        return true;
    }

    /** The model answers: texts and marks that were written before have been understood. */
    void answered() {
        int written = given.size() - Math.min(given.size(), connection.unwritten());
        Iterator<Given> pieces = given.iterator();
        for (int i = 0; i < written; i++) {
            if (!pieces.next().piece.isAudio()) {
                pieces.remove();
            }
        }
    }

    private void forgetConsumed(long nowMillis) {
        int kept = 0;
        int audio = 0;
        int unwritten = Math.min(given.size(), connection.unwritten());
        long lastWrittenMillis = nowMillis;
        for (Iterator<Given> newest = given.descendingIterator(); newest.hasNext(); kept++) {
            Given next = newest.next();
            if (kept < unwritten) {
                lastWrittenMillis = next.atMillis;
            } else if (audio < REPEATED_BYTES && !isOld(next, lastWrittenMillis)) {
                audio += next.piece.audioBytes();
            } else {
                break;
            }
        }
        while (given.size() > kept) {
            given.remove();
        }
    }

    /** Whether it was written well before the last that was: before the end, or before what could not be written. */
    private static boolean isOld(Given written, long lastWrittenMillis) {
        return lastWrittenMillis - written.atMillis > REPEATED_WITHIN_MILLIS;
    }

    /**
     * The connection is over: what the next one is to be given, in order.
     *
     * @param suddenly whether it died, so that what was written last may be lost as well
     * @param endMillis when it ended, or nothing was given to it any more
     */
    List<Piece> takeBack(boolean suddenly, long endMillis) {
        List<Piece> back = new ArrayList<>();
        int unwritten = Math.min(given.size(), connection.unwritten());
        int repeated = 0;
        long lastWrittenMillis = endMillis;
        while (!given.isEmpty()) {
            Given last = given.removeLast();
            Piece piece = last.piece;
            if (unwritten > 0) {
                unwritten--;
                lastWrittenMillis = last.atMillis;
                add(back, piece);
            } else if (suddenly && repeated < REPEATED_BYTES && !isOld(last, lastWrittenMillis)) {
                int bytes = Math.min(piece.audioBytes(), REPEATED_BYTES - repeated);
                repeated += bytes;
                if (!piece.isRepeatedText()) {
                    add(back, piece.repeated(bytes));
                }
            } else {
                break;
            }
        }
        given.clear();
        Collections.reverse(back);
        return back;
    }

    /**
     * A beginning that was marked again for this connection only is not taken back: the next one marks its own. Nor is a
     * picture: a newer one follows.
     */
    private static void add(List<Piece> back, Piece piece) {
        if (piece.kind() != Piece.Kind.ACTIVITY_REOPENED && piece.kind() != Piece.Kind.PICTURE) {
            back.add(piece);
        }
    }
}
