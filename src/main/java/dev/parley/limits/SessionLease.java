package dev.parley.limits;

import dev.parley.limits.budget.Spending;
import java.time.Instant;

/** The right to one conversation, on one key, until a moment. Thread safe. */
public interface SessionLease extends Spending, AutoCloseable {
    /** When the conversation must be over. */
    Instant deadline();

    /** Gives the slot back; idempotent. */
    @Override
    void close();
}
