package dev.parley.conversation.line;

import dev.parley.shared.settings.Secret;
import java.util.Optional;

/**
 * Which conversation it is, and who may go on with it.
 *
 * @param id unguessable, shown to the client and in logs
 * @param resume what a client that comes back proves itself by; never logged
 * @param caller who signed in; empty where nobody does
 */
public record Identity(String id, Secret resume, Optional<String> caller) {
    /** Whether whoever shows that token is the one; takes the same time however much of it is right. */
    public boolean isProvenBy(Secret token, Optional<String> asking) {
        return resume.equals(token) && caller.equals(asking);
    }
}
