package dev.parley.shared.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsReaderTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration DAY = Duration.ofDays(1);

    @Test
    void a_blank_value_counts_as_absent() {
        SettingsReader blank = reader(" \t ");
        assertEquals(Optional.empty(), blank.text("p"));
        assertEquals("default", blank.text("p", "default"));
        assertEquals(Optional.empty(), blank.secret("p"));
        assertEquals(List.of(), blank.list("p"));
        assertEquals(7, blank.number("p", 7, 0, 10));
        assertEquals(SECOND, blank.duration("p", SECOND, SECOND, DAY));
        assertTrue(blank.flag("p", true));
        assertEquals("b", blank.choice("p", "b", List.of("a", "b")));
        assertEquals(Optional.empty(), blank.uri("p", List.of("http")));
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "10, 10", "' 5 ', 5", "1_0, 10", "+3, 3"})
    void numbers_within_bounds_are_taken(String text, long number) {
        assertEquals(number, reader(text).number("p", 7, 0, 10));
        assertEquals(number, reader(text).integer("p", 7, 0, 10));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "11", "ten", "1.0", "0x1", "99999999999999999999", "_", "4 2"})
    void other_numbers_are_refused_with_what_is_allowed(String text) {
        SettingException refusal =
                assertThrows(SettingException.class, () -> reader(text).number("parley.limits.x", 7, 0, 10));
        assertEquals(
                "The setting parley.limits.x is \"" + text + "\", but must be a whole number from 0 to 10",
                refusal.getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "90s, PT90S",
        "15m, PT15M",
        "2h, PT2H",
        "2H, PT2H",
        "1500ms, PT1.5S",
        "1.5s, PT1.5S",
        "1h30m, PT90M",
        "PT15M, PT15M",
        "pt15m, PT15M",
        "P1D, PT24H"
    })
    void times_are_read_in_short_and_iso_form(String text, Duration time) {
        assertEquals(time, reader(text).duration("p", SECOND, SECOND, DAY));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"90", "999ms", "25h", "-5m", "PT-5M", "soon", "ms", "1x", "99999999999999999999ms", "P", "1d"})
    void other_times_are_refused_with_what_is_allowed(String text) {
        SettingException refusal =
                assertThrows(SettingException.class, () -> reader(text).duration("p", SECOND, SECOND, DAY));
        assertTrue(
                String.valueOf(refusal.getMessage())
                        .startsWith("The setting p is \"" + text + "\", but must be a time"),
                refusal.getMessage());
    }

    @Test
    void words_are_taken_in_any_case_and_answered_as_spelled() {
        assertEquals("AUDIO", reader("audio").choice("p", "TEXT", List.of("AUDIO", "TEXT")));
        assertTrue(reader("TRUE").flag("p", false));
        assertFalse(reader("false").flag("p", true));
        assertThrows(SettingException.class, () -> reader("yes").flag("p", true));
        assertThrows(SettingException.class, () -> reader("video").choice("p", "TEXT", List.of("AUDIO", "TEXT")));
    }

    @Test
    void lists_lose_empty_elements() {
        assertEquals(List.of("a", "b c"), reader(" a ,, b c ,").list("p"));
    }

    @Test
    void addresses_need_a_known_scheme_and_a_host() {
        List<String> schemes = List.of("https", "http");
        assertEquals(
                Optional.of(URI.create("http://127.0.0.1:81/x")),
                reader("http://127.0.0.1:81/x").uri("p", schemes));
        for (String bad : List.of("ftp://host", "host:80", "https:///path", "http://a b", "//host")) {
            assertThrows(SettingException.class, () -> reader(bad).uri("p", schemes), bad);
        }
    }

    @Test
    void secrets_come_out_of_the_reader_hidden() {
        Secret secret = reader(" AIza ").secret("p").orElseThrow();
        assertEquals("AIza", secret.reveal());
        assertEquals("[secret]", secret.toString());
    }

    private static SettingsReader reader(String value) {
        return new SettingsReader(name -> Optional.of(value));
    }
}
