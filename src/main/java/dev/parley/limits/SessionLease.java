package dev.parley.limits;

import dev.parley.shared.settings.ApiKey;
import java.time.Instant;

/** The right to one conversation, on one key, until a moment. Thread safe. */
public interface SessionLease extends AutoCloseable {
    /** The key to use. */
    ApiKey key();

    /** When the conversation must be over. */
    Instant deadline();

    /** Counts audio sent or received towards the token budget until the next report of usage. */
    void recordAudio(long millis);

    /**
     * Counts what the server reported for a turn; replaces what was estimated since the last report.
     *
     * @param totalTokens tokens of the turn, as billed
     */
    void recordUsage(long totalTokens);

    /** Whether the key has tokens left in this minute. */
    boolean withinTokenBudget();

    /** Gives the slot back; idempotent. */
    @Override
    void close();
}
