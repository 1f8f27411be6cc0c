package dev.parley.tools.run;

import dev.parley.shared.settings.SettingsReader;
import java.time.Duration;

/**
 * Bounds on calls.
 *
 * @param timeLimit how long a call may take, where the tool does not say
 * @param confirmWithin how long the person is waited for
 * @param mostPerConversation calls that run, or wait for the person, at once in one conversation
 * @param mostInAll calls that run at once on this node
 * @param argumentBytes longest arguments, as JSON in UTF-8
 * @param resultBytes longest result, as JSON in UTF-8
 */
public record CallSettings(
        Duration timeLimit,
        Duration confirmWithin,
        int mostPerConversation,
        int mostInAll,
        int argumentBytes,
        int resultBytes) {
    /** What the pool of threads that may block has room for. */
    public static final int MOST_THREADS = 128;

    /** Reads and checks everything; a {@code SettingException} says what is wrong. */
    public static CallSettings read(SettingsReader reader) {
        return new CallSettings(
                reader.duration(
                        "parley.tools.time-limit", Duration.ofSeconds(30), Duration.ofMillis(100), Duration.ofHours(1)),
                reader.duration(
                        "parley.tools.confirm-within",
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(1),
                        Duration.ofMinutes(10)),
                reader.integer("parley.tools.calls-per-conversation", 8, 1, 64),
                reader.integer("parley.tools.calls", MOST_THREADS, 1, MOST_THREADS),
                reader.integer("parley.tools.argument-bytes", 64 << 10, 1 << 10, 1 << 20),
                reader.integer("parley.tools.result-bytes", 64 << 10, 1 << 10, 1 << 20));
    }
}
