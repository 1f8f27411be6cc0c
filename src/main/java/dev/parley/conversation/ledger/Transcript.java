package dev.parley.conversation.ledger;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.parley.conversation.event.ClientEvent.History.Line;
import dev.parley.gemini.live.LiveRequest;
import dev.parley.tools.Utterance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What was said, turn by turn, and how much of each answer the person has heard, by the client's reports. Bounded in
 * characters: the oldest parts go first. Written in the mailbox, read by any thread.
 */
public final class Transcript {
    /** An hour of speech: as JSON it fits one message to a client. */
    private static final int MOST_CHARS = 64 << 10;

    /** What a new session is told: some ten minutes, 4 000 tokens. */
    private static final int MOST_CHARS_FOR_SESSION = 16 << 10;

    /** A part costs this beside its text, so that many short ones are bounded as well. */
    private static final int PART_COST_CHARS = 32;

    @GuardedBy("this")
    private final List<Part> parts = new ArrayList<>();

    @GuardedBy("this")
    private int chars;

    /** The client reports what it plays: from then on, what it does not report was not heard. */
    @GuardedBy("this")
    private boolean reporting;

    /** One voice's part of one turn. */
    private static final class Part {
        final int turn;
        final boolean byModel;
        final boolean typed;
        final StringBuilder text = new StringBuilder();
        long spokenMillis;
        long heardMillis;
        boolean cut;

        Part(int turn, boolean byModel, boolean typed) {
            this.turn = turn;
            this.byModel = byModel;
            this.typed = typed;
        }
    }

    /** The next piece of what the person said. */
    public synchronized void personSaid(int turn, String delta) {
        append(part(turn, false), delta);
    }

    /** The person typed. */
    public synchronized void typed(int turn, String text) {
        append(add(new Part(turn, false, true)), text);
    }

    /** The next piece of what the model said or wrote. */
    public synchronized void modelSaid(int turn, String delta) {
        append(part(turn, true), delta);
    }

    /** Model audio of that turn came. */
    public synchronized void modelSpoke(int turn, Duration audio) {
        part(turn, true).spokenMillis += audio.toMillis();
    }

    /** The answer of that turn was broken off, or, where it has none yet, the one before that was still being heard. */
    public synchronized void cut(int turn) {
        find(turn, true).or(() -> find(turn - 1, true)).ifPresent(part -> part.cut = true);
    }

    /**
     * The client reports what it has played.
     *
     * @param turn of which answer; 0: of all answers so far
     */
    public synchronized void heard(int turn, Duration played) {
        reporting = true;
        long left = played.toMillis();
        for (Part part : parts) {
            if (part.byModel && (turn == 0 || part.turn == turn)) {
                part.heardMillis = turn == 0 ? Math.min(left, part.spokenMillis) : left;
                left -= turn == 0 ? part.heardMillis : 0;
            }
        }
    }

    /** All of it, oldest first. */
    public synchronized List<Line> lines() {
        List<Line> lines = new ArrayList<>();
        for (Part part : parts) {
            if (!part.text.isEmpty()) {
                lines.add(new Line(part.turn, part.byModel, part.text.toString(), heardChars(part), part.cut));
            }
        }
        return lines;
    }

    /** What a session that remembers nothing is to be told: what was said, and of the answers what was heard. */
    public synchronized List<LiveRequest.Said> forSession() {
        List<LiveRequest.Said> said = new ArrayList<>();
        int told = 0;
        List<Line> lines = lines();
        for (int i = lines.size() - 1; i >= 0 && told < MOST_CHARS_FOR_SESSION; i--) {
            Line line = lines.get(i);
            String heard = heard(line);
            if (!heard.isEmpty() && told + heard.length() <= MOST_CHARS_FOR_SESSION) {
                said.add(0, new LiveRequest.Said(line.byModel(), heard));
            }
            told += heard.length();
        }
        return said;
    }

    /** What a tool may know of it: what was said, and of the answers what was heard, oldest first. */
    public synchronized List<Utterance> said() {
        return lines().stream()
                .map(line ->
                        new Utterance(line.byModel() ? Utterance.Speaker.MODEL : Utterance.Speaker.PERSON, heard(line)))
                .filter(utterance -> !utterance.text().isEmpty())
                .toList();
    }

    private static String heard(Line line) {
        return line.text().substring(0, line.heardChars()).strip();
    }

    /**
     * Words come about when their sound does, but not exactly then, so the text is taken to be spread evenly over it; a
     * word that was not heard to its end was not heard.
     */
    @GuardedBy("this")
    private int heardChars(Part part) {
        int length = part.text.length();
        if (!part.byModel || !reporting || part.spokenMillis == 0 || part.heardMillis >= part.spokenMillis) {
            return length;
        }
        int end = (int) (length * part.heardMillis / part.spokenMillis);
        while (end > 0 && !Character.isWhitespace(part.text.charAt(end)) && !endsWord(part, end)) {
            end--;
        }
        return end;
    }

    /** Scripts without spaces between words are cut between characters. */
    private static boolean endsWord(Part part, int end) {
        char last = part.text.charAt(end - 1);
        return Character.isWhitespace(last) || Character.isIdeographic(last);
    }

    @GuardedBy("this")
    private Part part(int turn, boolean byModel) {
        return find(turn, byModel).orElseGet(() -> add(new Part(turn, byModel, false)));
    }

    @GuardedBy("this")
    private Optional<Part> find(int turn, boolean byModel) {
        for (int i = parts.size() - 1; i >= 0 && parts.get(i).turn >= turn - 1; i--) {
            Part part = parts.get(i);
            if (part.turn == turn && part.byModel == byModel && !part.typed) {
                return Optional.of(part);
            }
        }
        return Optional.empty();
    }

    /** What the person said stands before the answer to it, though its transcript may come later. */
    @GuardedBy("this")
    private Part add(Part added) {
        int at = parts.size();
        while (!added.byModel
                && !added.typed
                && at > 0
                && parts.get(at - 1).byModel
                && parts.get(at - 1).turn == added.turn) {
            at--;
        }
        parts.add(at, added);
        chars += PART_COST_CHARS;
        return added;
    }

    @GuardedBy("this")
    private void append(Part part, String text) {
        part.text.append(text);
        chars += text.length();
        int tooLong = part.text.length() - MOST_CHARS;
        if (tooLong > 0) {
            part.text.delete(0, tooLong);
            chars -= tooLong;
        }
        while (chars > MOST_CHARS && parts.size() > 1) {
            chars -= parts.remove(0).text.length() + PART_COST_CHARS;
        }
    }
}
