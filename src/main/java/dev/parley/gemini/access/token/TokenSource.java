package dev.parley.gemini.access.token;

/** Where tokens come from. */
@FunctionalInterface
public interface TokenSource {
    /**
     * Gets a new token; blocks for a round trip or more.
     *
     * @throws AccessFailure in words for people
     */
    Token fetch();
}
