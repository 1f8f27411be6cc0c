package dev.parley.limits;

import dev.parley.shared.settings.SettingsReader;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

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

    private static final String PREFIX = "parley.limits.";

    /**
     * The same with some values changed, checked as those that are read at the start.
     *
     * @param changes by the last part of the setting's name, such as {@code session-duration}, written as there
     * @throws dev.parley.shared.settings.SettingException for a name that there is not, or a value that is not allowed
     */
    public LimitSettings with(Map<String, String> changes) {
        Map<String, String> known = texts();
        SettingsReader reader = new SettingsReader(property -> {
            String name = property.substring(PREFIX.length());
            return Optional.ofNullable(changes.getOrDefault(name, known.get(name)));
        });
        changes.forEach((name, value) -> {
            if (!known.containsKey(name) || value.isBlank()) {
                throw reader.refuse(
                        PREFIX + name, value, "one of " + String.join(", ", known.keySet()) + ", with a value");
            }
        });
        return read(reader);
    }

    /** The values by the last part of the setting's name, in this order, written as there. */
    public Map<String, String> texts() {
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put("sessions-per-key", Integer.toString(sessionsPerKey));
        texts.put("session-duration", sessionDuration.toString());
        texts.put("tokens-per-minute", Long.toString(tokensPerMinute));
        texts.put("waiting-room", Integer.toString(waitingRoom));
        texts.put("waiting-time", waitingTime.toString());
        return texts;
    }

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
