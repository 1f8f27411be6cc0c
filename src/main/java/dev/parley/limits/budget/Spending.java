package dev.parley.limits.budget;

import dev.parley.shared.settings.ApiKey;

/** The right to spend tokens of one key, counted against its budget. Thread safe. */
public interface Spending {
    /** The key to use. */
    ApiKey key();

    /** Counts audio sent or received towards the token budget until the next report of usage. */
    void recordAudio(long millis);

    /** Counts tokens that will probably be spent towards the token budget until the next report of usage. */
    void recordEstimate(long tokens);

    /**
     * Counts what the server reported for a turn; replaces what was estimated since the last report.
     *
     * @param totalTokens tokens of the turn, as billed
     */
    void recordUsage(long totalTokens);

    /** Whether the key has tokens left in this minute. */
    boolean withinTokenBudget();
}
