package dev.parley.security.gate;

import dev.parley.security.SignedIn;
import java.util.Optional;
import java.util.Set;

/**
 * What a request was let in as.
 *
 * @param who empty where nobody signs in
 * @param roles of this request: where nobody signs in, everybody has some all the same
 * @param ambient whether the browser proves it by itself, for foreign pages too
 */
record Pass(Optional<SignedIn> who, Set<String> roles, boolean ambient) {
    static final Pass ANYBODY = new Pass(Optional.empty(), Set.of(), false);

    static Pass of(SignedIn who, boolean ambient) {
        return new Pass(Optional.of(who), who.roles(), ambient);
    }
}
