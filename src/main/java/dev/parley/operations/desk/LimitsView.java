package dev.parley.operations.desk;

import dev.parley.limits.LimitSettings;
import java.util.Map;

/**
 * The limits that hold now.
 *
 * @param sessionsPerKey conversations at once on one key
 * @param sessionDurationSeconds length of a conversation
 * @param tokensPerMinute for one key
 * @param waitingRoom places in the line
 * @param waitingTimeSeconds how long one may wait
 * @param changed whether they are others than those configured: a restart brings those back
 */
public record LimitsView(
        int sessionsPerKey,
        long sessionDurationSeconds,
        long tokensPerMinute,
        int waitingRoom,
        long waitingTimeSeconds,
        boolean changed) {
    /** The names by which they are changed, with the last part of the setting's name and its unit. */
    static final Map<String, String[]> SETTINGS = Map.of(
            "sessionsPerKey", new String[] {"sessions-per-key", ""},
            "sessionDurationSeconds", new String[] {"session-duration", "s"},
            "tokensPerMinute", new String[] {"tokens-per-minute", ""},
            "waitingRoom", new String[] {"waiting-room", ""},
            "waitingTimeSeconds", new String[] {"waiting-time", "s"});

    static LimitsView of(LimitSettings now, LimitSettings configured) {
        return new LimitsView(
                now.sessionsPerKey(),
                now.sessionDuration().toSeconds(),
                now.tokensPerMinute(),
                now.waitingRoom(),
                now.waitingTime().toSeconds(),
                !now.equals(configured));
    }
}
