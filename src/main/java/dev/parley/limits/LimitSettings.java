package dev.parley.limits;

import dev.parley.shared.settings.SettingsReader;
import java.time.Duration;

/**
 * How many may talk, how long and how much: everything that this room can be told.
 *
 * @param sessionsPerKey conversations at once on one key
 * @param sessionDuration length of a conversation
 * @param tokensPerMinute tokens that one key may spend within 60 seconds
 * @param waitingRoom how many may wait for a slot
 * @param waitingTime how long one may wait for a slot
 */
public record LimitSettings(
        int sessionsPerKey, Duration sessionDuration, long tokensPerMinute, int waitingRoom, Duration waitingTime) {

    /** Reads {@code parley.limits.*}. */
    public static LimitSettings read(SettingsReader settings) {
        return new LimitSettings(
                settings.integer("parley.limits.sessions-per-key", 3, 1, 100_000),
                settings.duration(
                        "parley.limits.session-duration",
                        Duration.ofMinutes(15),
                        Duration.ofSeconds(1),
                        Duration.ofHours(24)),
                settings.number("parley.limits.tokens-per-minute", 4_000_000, 1, 1_000_000_000_000L),
                settings.integer("parley.limits.waiting-room", 20, 0, 10_000),
                settings.duration(
                        "parley.limits.waiting-time",
                        Duration.ofMinutes(2),
                        Duration.ofSeconds(1),
                        Duration.ofHours(1)));
    }
}
