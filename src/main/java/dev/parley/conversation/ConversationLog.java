package dev.parley.conversation;

import dev.parley.conversation.event.ConversationEvent;
import dev.parley.shared.failure.FailureKind;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;

/** One line at the start and one at the end of each conversation: never audio, words or keys. */
@ApplicationScoped
class ConversationLog {
    private static final Logger LOG = System.getLogger("dev.parley.conversations");

    void write(@Observes ConversationEvent event) {
        if (event instanceof ConversationEvent.Started started) {
            LOG.log(Level.INFO, () -> line(started));
        } else if (event instanceof ConversationEvent.Ended ended) {
            boolean never = ended.model().isEmpty() && ended.kind() == FailureKind.NORMAL; // as before every return
            LOG.log(never ? Level.DEBUG : level(ended.kind()), () -> line(ended));
        }
    }

    /** Loud where whoever runs the server has to act. */
    static Level level(FailureKind kind) {
        return switch (kind.fault()) {
            case NOBODY, CALLER -> Level.INFO;
            case UPSTREAM, OPERATOR -> Level.WARNING;
            case PARLEY -> Level.ERROR;
        };
    }

    static String line(ConversationEvent.Started started) {
        return "Conversation " + started.conversation() + " began: caller " + caller(started.caller()) + ", model "
                + started.model() + ", key " + started.key();
    }

    private static String caller(Optional<String> caller) {
        return caller.orElse("nobody signed in");
    }

    static String line(ConversationEvent.Ended ended) {
        return "Conversation " + ended.conversation() + " ended: " + ended.kind() + ", " + ended.reason() + " (caller "
                + caller(ended.caller()) + ", model " + ended.model() + ", key " + ended.key() + ", "
                + ended.duration().toSeconds() + " s, audio in "
                + ended.audioIn().toMillis() + " ms, out " + ended.audioOut().toMillis() + " ms, lost "
                + ended.audioLost().toMillis() + " ms, concealed packets " + ended.concealedPackets() + ", pictures "
                + ended.picturesSent() + ", dropped " + ended.picturesDropped() + ", tokens "
                + ended.usage().total() + ")";
    }
}
