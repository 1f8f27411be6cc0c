package dev.parley.conversation.ledger;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.parley.tools.Utterance;
import dev.parley.tools.Utterance.Speaker;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was said, word for word: the newest 16 000 characters, about a quarter of an hour of talk; the oldest are forgotten first.
 * Written in the mailbox, read by any thread.
 */
public final class Transcript {
    private static final int MOST_CHARS = 16_000;

    private final Object lock = new Object();

    @GuardedBy("lock")
    private final ArrayDeque<Utterance> said = new ArrayDeque<>();

    @GuardedBy("lock")
    private int chars;

    @GuardedBy("lock")
    private @Nullable Speaker speaker;

    @GuardedBy("lock")
    private final StringBuilder speaking = new StringBuilder();

    /** The next piece of what one of the two says; joined with the piece before, verbatim, unless the other one spoke between. */
    public void append(Speaker who, String text) {
        synchronized (lock) {
            if (who != speaker) {
                pause();
                speaker = who;
            }
            speaking.append(text);
            chars += text.length();
            forgetOldest();
        }
    }

    /** What comes next is said anew, whoever says it. */
    public void pause() {
        synchronized (lock) {
            if (speaker != null) {
                said.add(new Utterance(speaker, speaking.toString()));
                speaking.setLength(0);
                speaker = null;
            }
        }
    }

    @GuardedBy("lock")
    private void forgetOldest() {
        while (chars > MOST_CHARS && !said.isEmpty()) {
            chars -= said.remove().text().length();
        }
        if (chars > MOST_CHARS) { // one of them speaks without end
            speaking.delete(0, chars - MOST_CHARS);
            chars = MOST_CHARS;
        }
    }

    /** Everything that is kept, oldest first. */
    public List<Utterance> said() {
        synchronized (lock) {
            List<Utterance> all = new ArrayList<>(said);
            if (speaker != null) {
                all.add(new Utterance(speaker, speaking.toString()));
            }
            return all;
        }
    }
}
