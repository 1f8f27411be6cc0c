package dev.parley.conversation.machine;

import dev.parley.conversation.event.ConversationState;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** Where a conversation stands: one field, one way to change it. Written in the mailbox only. */
final class Course {
    private static final Logger LOG = System.getLogger(Course.class.getName());

    private final String conversation;

    /** Volatile for reports. */
    private volatile ConversationState state = ConversationState.NEW;

    Course(String conversation) {
        this.conversation = conversation;
    }

    ConversationState state() {
        return state;
    }

    boolean is(ConversationState asked) {
        return state == asked;
    }

    void become(ConversationState next, String why) {
        if (state == ConversationState.CLOSED) {
            throw new IllegalStateException("A closed conversation cannot become " + next);
        }
        LOG.log(Level.DEBUG, () -> "Conversation " + conversation + ": " + state + " -> " + next + ", " + why);
        state = next;
    }
}
