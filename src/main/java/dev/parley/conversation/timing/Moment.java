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
    /** A client that was lost is not waited for any longer. */
    RETURN_LIMIT,
    /** The upstream connection must be replaced now, quiet or not. */
    HAND_OVER_LIMIT,
    /** It may have become quiet enough to replace the upstream connection. */
    QUIET,
    /** The connection that is being left should have closed. */
    FAREWELL,
    /** An upstream that hears someone speak should have said something. */
    SILENT_UPSTREAM,
    /** A connection that takes less than it is given may take more now. */
    CATCH_UP,
    /** The next attempt to reach the upstream. */
    REDIAL
}
