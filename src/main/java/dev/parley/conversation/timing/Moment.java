package dev.parley.conversation.timing;

/** What a conversation can wait for. */
public enum Moment {
    /** One minute is left. */
    MINUTE_LEFT,
    /** Ten seconds are left. */
    TEN_SECONDS_LEFT,
    /** The time limit. */
    TIME_LIMIT,
    /** An answer that should have begun has not, or one that should have ended has not. */
    DRAIN_LIMIT,
    /** What is still being decoded elsewhere should have come. */
    LATE_AUDIO,
    /** The upstream connection must be replaced now, quiet or not. */
    HAND_OVER_LIMIT,
    /** The next attempt to reach the upstream. */
    REDIAL
}
