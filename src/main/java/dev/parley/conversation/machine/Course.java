package dev.parley.conversation.machine;

import dev.parley.conversation.event.ConversationEvent;
import dev.parley.conversation.event.ConversationState;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.function.Consumer;

/** Where a conversation stands: one field, one way to change it. Written in the mailbox only. */
final class Course {
    private static final Logger LOG = System.getLogger(Course.class.getName());

    private final String conversation;
    private final Consumer<ConversationEvent> observers;
    private final Clock clock;

    /** Volatile for reports. */
    private volatile ConversationState state = ConversationState.NEW;

    Course(String conversation, ConversationServices services) {
        this.conversation = conversation;
        this.observers = services.events();
        this.clock = services.clock();
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
        observers.accept(new ConversationEvent.StateChanged(conversation, clock.instant(), next, why));
    }
}
