package dev.parley.conversation.ledger;

import dev.parley.conversation.event.ClientEvent.History.Line;
import dev.parley.conversation.event.Source;
import java.util.LinkedHashSet;
import java.util.Set;

/** One voice's part of one turn, as far as it is known. Guarded by its {@link Transcript}. */
final class Part {
    /** Beside its text and its sources, so that many short ones are bounded as well. */
    private static final int COST_CHARS = 32;

    /** What is kept of the pages that an answer stands on. */
    private static final int MOST_SOURCE_CHARS = 2 << 10;

    final int turn;
    final boolean byModel;
    final boolean typed;
    final StringBuilder text = new StringBuilder();
    long spokenMillis;
    long heardMillis;
    boolean cut;

    /** The model is yet to be given it as it was typed, or to be given it once more. */
    boolean waiting;

    private final Set<String> sources = new LinkedHashSet<>();
    private int sourceChars;

    Part(int turn, boolean byModel, boolean typed) {
        this.turn = turn;
        this.byModel = byModel;
        this.typed = typed;
    }

    /** What it takes of the transcript's bound, in characters. */
    int cost() {
        return COST_CHARS + sourceChars + text.length();
    }

    /** The answer stands on that page; tells by how many characters that makes it longer. */
    int standsOn(Source page) {
        String told = page.title() + " <" + page.uri() + ">";
        if (sourceChars + told.length() > MOST_SOURCE_CHARS || !sources.add(told)) {
            return 0;
        }
        sourceChars += told.length();
        return told.length();
    }

    /** As the client is told. */
    Line line(boolean reporting) {
        return new Line(turn, byModel, text.toString(), heardChars(reporting), cut);
    }

    /** What of it has reached the person, if it is the model's. */
    String heard(boolean reporting) {
        return text.substring(0, heardChars(reporting)).strip();
    }

    /** The same, with what it stands on. */
    String forSession(boolean reporting) {
        String heard = heard(reporting);
        return heard.isEmpty() || sources.isEmpty() ? heard : heard + "\n\nSources: " + String.join(", ", sources);
    }

    /**
     * Words come about when their sound does, but not exactly then, so the text is taken to be spread evenly over it; a
     * word that was not heard to its end was not heard.
     *
     * @param reporting whether the client says what it has played: otherwise all of it was heard
     */
    private int heardChars(boolean reporting) {
        int length = text.length();
        if (!byModel || !reporting || spokenMillis == 0 || heardMillis >= spokenMillis) {
            return length;
        }
        int end = (int) (length * heardMillis / spokenMillis);
        while (end > 0 && !Character.isWhitespace(text.charAt(end)) && !endsWord(end)) {
            end--;
        }
        return end;
    }

    /** Scripts without spaces between words are cut between characters. */
    private boolean endsWord(int end) {
        char last = text.charAt(end - 1);
        return Character.isWhitespace(last) || Character.isIdeographic(last);
    }
}
