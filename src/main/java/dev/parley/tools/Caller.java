package dev.parley.tools;

import java.util.Optional;

/** Whose conversation it is, as a tool sees them. Immutable; any thread. */
public interface Caller {
    /** Somebody who has not signed in: no name, no roles. */
    Caller ANONYMOUS = new Caller() {
        @Override
        public Optional<String> name() {
            return Optional.empty();
        }

        @Override
        public boolean hasRole(String role) {
            return false;
        }

        @Override
        public String toString() {
            return "anonymous";
        }
    };

    /** The name they signed in with; empty: they have not signed in. */
    Optional<String> name();

    /** Whether they are in this role. */
    boolean hasRole(String role);
}
