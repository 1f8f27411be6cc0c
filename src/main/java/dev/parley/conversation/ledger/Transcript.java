package dev.parley.conversation.ledger;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.parley.conversation.event.ClientEvent.History.Line;
import dev.parley.conversation.event.Source;
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

    @GuardedBy("this")
    private final List<Part> parts = new ArrayList<>();

    @GuardedBy("this")
    private int chars;

    /** The client reports what it plays: from then on, what it does not report was not heard. */
    @GuardedBy("this")
    private boolean reporting;

    /** The next piece of what the person said. */
    public synchronized void personSaid(int turn, String delta) {
        append(part(turn, false), delta);
    }

    /** The person typed; the model has yet to be given it. */
    public synchronized Typed typed(int turn, String text) {
        Part part = new Part(turn, false, true);
        part.waiting = true;
        append(add(part), text);
        return new Typed(part);
    }

    /** A text on its way to the model. */
    public final class Typed {
        private final Part part;

        private Typed(Part part) {
            this.part = part;
        }

        /** Whether the model has been given it, as far as is known; answers the same. */
        public boolean given(boolean now) {
            synchronized (Transcript.this) {
                part.waiting = !now;
            }
            return now;
        }
    }

    /** The next piece of what the model said or wrote. */
    public synchronized void modelSaid(int turn, String delta) {
        append(part(turn, true), delta);
    }

    /** Model audio of that turn came. */
    public synchronized void modelSpoke(int turn, Duration audio) {
        part(turn, true).spokenMillis += audio.toMillis();
    }

    /** The answer of that turn stands on these pages. */
    public synchronized void sources(int turn, List<Source> pages) {
        Part part = part(turn, true);
        for (Source page : pages) {
            chars += part.standsOn(page);
        }
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
                lines.add(part.line(reporting));
            }
        }
        return lines;
    }

    /**
     * What a session that remembers nothing is to be told: what was said, and of the answers what was heard and what it stands
     * on. Texts that it will be given as they were typed are left out.
     */
    public synchronized List<LiveRequest.Said> forSession() {
        List<LiveRequest.Said> said = new ArrayList<>();
        int told = 0;
        for (int i = parts.size() - 1; i >= 0 && told < MOST_CHARS_FOR_SESSION; i--) {
            Part part = parts.get(i);
            String heard = part.waiting ? "" : part.forSession(reporting);
            if (!heard.isEmpty() && told + heard.length() <= MOST_CHARS_FOR_SESSION) {
                said.add(0, new LiveRequest.Said(part.byModel, heard));
            }
            told += heard.length();
        }
        return said;
    }

    /** What a tool may know of it: what was said, and of the answers what was heard, oldest first. */
    public synchronized List<Utterance> said() {
        List<Utterance> said = new ArrayList<>();
        for (Part part : parts) {
            String heard = part.heard(reporting);
            if (!heard.isEmpty()) {
                said.add(new Utterance(part.byModel ? Utterance.Speaker.MODEL : Utterance.Speaker.PERSON, heard));
            }
        }
        return said;
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
        chars += added.cost();
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
            chars -= parts.remove(0).cost();
        }
    }
}
