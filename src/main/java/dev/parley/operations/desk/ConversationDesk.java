package dev.parley.operations.desk;

import dev.parley.conversation.ConversationRegistry;
import dev.parley.conversation.input.Input;
import dev.parley.shared.failure.FailureKind;
import dev.parley.shared.failure.ParleyException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** Ends conversations. Thread safe. */
@ApplicationScoped
public class ConversationDesk {
    private static final Logger LOG = System.getLogger(ConversationDesk.class.getName());

    /** A close frame carries no more than 123 bytes of it, an {@code ended} event all. */
    private static final int LONGEST_REASON = 200;

    private final ConversationRegistry registry;

    /** For CDI's client proxy only. */
    @SuppressWarnings("NullAway") // the proxy's own field is never read
    protected ConversationDesk() {
        registry = null;
    }

    /** Knows conversations by this registry. */
    @Inject
    public ConversationDesk(ConversationRegistry registry) {
        this.registry = registry;
    }

    /**
     * Ends a conversation; its person is told why.
     *
     * @param reason for the person; blank: that the operator ended it
     * @param operator who, for the log
     * @return false when there is none with this id (any more)
     * @throws ParleyException {@code BAD_MESSAGE} when the reason is too long
     */
    public boolean end(String id, String reason, String operator) {
        String words = reason.strip().replaceAll("\\p{Cntrl}+", " ");
        if (words.length() > LONGEST_REASON) {
            throw new ParleyException(
                    FailureKind.BAD_MESSAGE, "The reason may be " + LONGEST_REASON + " characters long at most.");
        }
        return registry.find(id)
                .map(conversation -> {
                    LOG.log(Level.INFO, "Conversation {0} is ended by {1}", id, operator);
                    conversation.post(new Input.EndAsked(
                            FailureKind.NORMAL,
                            words.isEmpty()
                                    ? "The operator of this server ended the conversation."
                                    : "The operator of this server ended the conversation: " + words));
                    return true;
                })
                .orElse(false);
    }
}
