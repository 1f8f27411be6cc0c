package dev.parley.operations.mbean.contract;

/** {@code dev.parley:type=Limits}. A value that is not allowed is refused with what is. */
public interface LimitsMXBean {
    /** Conversations at once on one key. */
    int getSessionsPerKey();

    /** Holds from now on, until the next start. */
    void setSessionsPerKey(int value);

    /** Length of a conversation. */
    long getSessionDurationSeconds();

    /** Holds from now on, until the next start. */
    void setSessionDurationSeconds(long value);

    /** For one key. */
    long getTokensPerMinute();

    /** Holds from now on, until the next start. */
    void setTokensPerMinute(long value);

    /** Places in the line. */
    int getWaitingRoom();

    /** Holds from now on, until the next start. */
    void setWaitingRoom(int value);

    /** How long one may wait. */
    long getWaitingTimeSeconds();

    /** Holds from now on, until the next start. */
    void setWaitingTimeSeconds(long value);

    /** Whether they are others than those configured. */
    boolean isChanged();
}
