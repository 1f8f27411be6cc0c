package dev.parley.tools;

import java.util.List;

/** The conversation that a tool is called from. Any thread. */
public interface LiveConversation {
    /** Its id, as in logs and events. */
    String id();

    /** What was said so far, oldest first, as far as it is kept: at least the last few minutes. A copy. */
    List<Utterance> said();
}
