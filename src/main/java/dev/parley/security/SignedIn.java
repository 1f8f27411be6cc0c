package dev.parley.security;

import java.security.Principal;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who signed in, with what they were at that moment: a WebSocket keeps it to its end. Immutable.
 *
 * @param name unique within this server's users; may appear in logs
 * @param roles by name; two of them have a meaning here, the others are for tools
 */
public record SignedIn(String name, Set<String> roles) implements Principal {
    /** Whoever has it may talk, send recordings and use what the page shows. */
    public static final String TALK = "talk";

    /** Whoever has it may look after the server. */
    public static final String ADMIN = "admin";

    /** Copies the roles. */
    public SignedIn {
        roles = Set.copyOf(roles);
    }

    /** Whoever passed the gate as this principal; nobody where nobody signs in. */
    public static Optional<SignedIn> of(@Nullable Principal principal) {
        return principal instanceof SignedIn who ? Optional.of(who) : Optional.empty();
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public String toString() {
        return name;
    }
}
