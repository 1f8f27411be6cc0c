package dev.parley.limits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.shared.settings.SettingException;
import dev.parley.shared.settings.SettingsReader;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitSettingsTest {
    @Test
    void the_defaults_are_those_of_the_free_tier() {
        assertEquals(
                new LimitSettings(3, Duration.ofMinutes(15), 4_000_000, 20, Duration.ofMinutes(2)), read(Map.of()));
    }

    @Test
    void every_limit_can_be_set() {
        assertEquals(
                new LimitSettings(100_000, Duration.ofSeconds(90), 1, 0, Duration.ofSeconds(5)),
                read(Map.of(
                        "parley.limits.sessions-per-key", "100000",
                        "parley.limits.session-duration", "90s",
                        "parley.limits.tokens-per-minute", "1",
                        "parley.limits.waiting-room", "0",
                        "parley.limits.waiting-time", "PT5S")));
    }

    @ParameterizedTest
    @CsvSource({
        "sessions-per-key, 0",
        "sessions-per-key, 100001",
        "session-duration, 0s",
        "session-duration, 25h",
        "tokens-per-minute, 0",
        "tokens-per-minute, many",
        "waiting-room, -1",
        "waiting-room, 10001",
        "waiting-time, 0s",
        "waiting-time, 2h"
    })
    void nonsense_is_refused_by_name(String setting, String value) {
        SettingException refusal =
                assertThrows(SettingException.class, () -> read(Map.of("parley.limits." + setting, value)));
        assertTrue(String.valueOf(refusal.getMessage()).contains("parley.limits." + setting));
    }

    @Test
    void some_can_be_changed_and_the_others_stay() {
        LimitSettings before = read(Map.of("parley.limits.waiting-room", "7"));
        LimitSettings after = before.with(Map.of("session-duration", "20m", "tokens-per-minute", "5_000"));
        assertEquals(new LimitSettings(3, Duration.ofMinutes(20), 5_000, 7, Duration.ofMinutes(2)), after);
        assertEquals(after, after.with(after.texts()));
    }

    @ParameterizedTest
    @CsvSource({"sessions-per-key, 0", "sessions-per-key, ''", "nothing, 3", "waiting-time, soon"})
    void a_change_is_checked_like_a_setting(String name, String value) {
        SettingException refusal =
                assertThrows(SettingException.class, () -> read(Map.of()).with(Map.of(name, value)));
        assertTrue(String.valueOf(refusal.getMessage()).contains("parley.limits." + name));
    }

    private static LimitSettings read(Map<String, String> values) {
        return LimitSettings.read(new SettingsReader(name -> Optional.ofNullable(values.get(name))));
    }
}
