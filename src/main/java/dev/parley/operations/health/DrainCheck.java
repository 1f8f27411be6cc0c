package dev.parley.operations.health;

import dev.parley.conversation.ConversationRegistry;
import dev.parley.shared.health.ReadinessCheck;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;

/** Not ready while nobody gets in. */
@ApplicationScoped
class DrainCheck implements ReadinessCheck {
    private final ConversationRegistry conversations;

    /** For CDI's client proxy only. */
    @SuppressWarnings("NullAway") // the proxy's own fields are never read
    protected DrainCheck() {
        conversations = null;
    }

    @Inject
    DrainCheck(ConversationRegistry conversations) {
        this.conversations = conversations;
    }

    @Override
    public String name() {
        return "accepting";
    }

    @Override
    public Optional<String> whyNotReady() {
        return conversations.isDraining()
                ? Optional.of("This node is being emptied or stopped: nobody new gets in.")
                : Optional.empty();
    }
}
