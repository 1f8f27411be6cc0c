package dev.parley.conversation.line;

import dev.parley.shared.settings.Secret;
import dev.parley.tools.Caller;
import java.util.Optional;
import java.util.Set;

/**
 * Which conversation it is, and who may go on with it.
 *
 * @param id unguessable, shown to the client and in logs
 * @param resume what a client that comes back proves itself by; never logged
 * @param caller who signed in; empty where nobody does
 * @param roles that they had then, for tools
 */
public record Identity(String id, Secret resume, Optional<String> caller, Set<String> roles) {
    /** Of somebody in no role. */
    public Identity(String id, Secret resume, Optional<String> caller) {
        this(id, resume, caller, Set.of());
    }

    /** Whether whoever shows that token is the one; takes the same time however much of it is right. */
    public boolean isProvenBy(Secret token, Optional<String> asking) {
        return resume.equals(token) && caller.equals(asking);
    }

    /** The caller as tools see them. */
    public Caller asCaller() {
        return new Signed(caller, roles);
    }

    private record Signed(Optional<String> name, Set<String> roles) implements Caller {
        @Override
        public boolean hasRole(String role) {
            return roles.contains(role);
        }

        @Override
        public String toString() {
            return name.orElse("anonymous");
        }
    }
}
