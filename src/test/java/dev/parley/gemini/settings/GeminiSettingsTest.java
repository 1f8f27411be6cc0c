package dev.parley.gemini.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.gemini.live.LiveChoice;
import dev.parley.gemini.live.LiveRequest;
import dev.parley.gemini.live.LiveRequest.Modality;
import dev.parley.shared.failure.FailureKind;
import dev.parley.shared.failure.ParleyException;
import dev.parley.shared.settings.ApiKey;
import dev.parley.shared.settings.SettingException;
import dev.parley.shared.settings.SettingsReader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GeminiSettingsTest {
    @Test
    void without_any_setting_the_current_voice_model_speaks() {
        LiveSettings settings = LiveSettings.read(reader());
        assertEquals(
                "https://generativelanguage.googleapis.com", settings.endpoint().toString());
        assertEquals("v1beta", settings.version());
        LiveRequest request = new LiveDefaults(reader()).resolve(ApiKey.SIMULATOR, LiveChoice.DEFAULTS);
        assertEquals("gemini-3.8-live", request.model());
        assertEquals(Modality.AUDIO, request.modality());
        assertEquals(Optional.empty(), request.voice());
        assertEquals(30, settings.offer().voices().size());
    }

    @ParameterizedTest
    @CsvSource({
        "parley.gemini.endpoint, ftp://x",
        "parley.gemini.endpoint, https://x/?key=1",
        "parley.gemini.endpoint, https://user:word@x/",
        "parley.gemini.version, v2",
        "parley.gemini.model, a/b",
        "parley.gemini.models, 'good, b a d'",
        "parley.gemini.voice, Nobody",
        "parley.gemini.language, deutsch-",
        "parley.gemini.languages, 'en, 1'",
        "parley.gemini.modality, VIDEO",
        "parley.gemini.modality, TEXT",
        "parley.gemini.audio-field, video",
        "parley.gemini.connect-timeout, 0s",
        "parley.gemini.setup-timeout, 1h",
        "parley.gemini.vad.start-sensitivity, MEDIUM",
        "parley.gemini.vad.silence-duration, -1s",
        "parley.gemini.activity-handling, ALWAYS",
        "parley.gemini.turn-coverage, SOME"
    })
    void nonsense_is_refused_by_name(String property, String value) {
        SettingException refusal =
                assertThrows(SettingException.class, () -> LiveSettings.read(reader(property, value)));
        assertTrue(String.valueOf(refusal.getMessage()).contains(property), refusal.getMessage());
        assertFalse(String.valueOf(refusal.getMessage()).contains("word@"), refusal.getMessage());
    }

    @Test
    void one_key_is_called_default() {
        assertEquals(List.of("default=abc"), keys("GEMINI_API_KEY", " abc "));
        assertEquals(List.of("default=own"), keys("GEMINI_API_KEY", "abc", "parley.gemini.key", "own"));
        assertEquals(List.of(), keys());
    }

    @Test
    void a_pool_of_keys_takes_the_place_of_the_single_one() {
        assertEquals(
                List.of("one=a=b", "two=c"), keys("parley.gemini.keys", "one=a=b, two = c", "GEMINI_API_KEY", "x"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hushhush",
                "=hushhush",
                "a=",
                "a b=hushhush",
                "a=hush hush",
                "a=hushhush,a=other",
                "a=hushhush,b=hushhush",
                "simulator=hushhush",
                "a=hush\u00e4hush"
            })
    void a_pool_that_makes_no_sense_is_refused_without_showing_a_key(String pool) {
        SettingException refusal =
                assertThrows(SettingException.class, () -> new ApiKeys(reader("parley.gemini.keys", pool)));
        assertFalse(String.valueOf(refusal.getMessage()).contains("hush"), refusal.getMessage());
    }

    @Test
    void a_key_that_cannot_stand_in_a_header_is_refused_unseen() {
        SettingException refusal =
                assertThrows(SettingException.class, () -> new ApiKeys(reader("GEMINI_API_KEY", "hush\r\nX: y")));
        assertFalse(String.valueOf(refusal.getMessage()).contains("hush"), refusal.getMessage());
    }

    @Test
    void choices_within_the_lists_are_taken_in_the_lists_spelling() {
        LiveRequest request = new LiveDefaults(reader("parley.gemini.languages", "de-DE,en-US"))
                .resolve(
                        ApiKey.SIMULATOR,
                        new LiveChoice(
                                Optional.of("models/gemini-3.8-live-extended-thinking"),
                                Optional.of("kore"),
                                Optional.of("DE-de"),
                                Optional.of("  Speak like a pirate. "),
                                Optional.of("audio"),
                                true));
        assertEquals("gemini-3.8-live-extended-thinking", request.model());
        assertEquals(Optional.of("Kore"), request.voice());
        assertEquals(Optional.of("de-DE"), request.language());
        assertEquals(Optional.of("Speak like a pirate."), request.systemInstruction());
        assertTrue(request.manualActivity());
    }

    @ParameterizedTest
    @CsvSource({
        "model, gpt, one of gemini-3.8-live",
        "voice, Nobody, Zephyr",
        "language, klingon!, en-US",
        "modality, smell, AUDIO"
    })
    void a_choice_outside_is_refused_with_what_is_allowed(String member, String value, String allowed) {
        ParleyException refusal = assertThrows(ParleyException.class, () -> new LiveDefaults(reader())
                .resolve(ApiKey.SIMULATOR, choice(member, value)));
        assertEquals(FailureKind.BAD_MESSAGE, refusal.kind());
        assertTrue(refusal.getMessage().contains(allowed), refusal.getMessage());
        assertTrue(refusal.getMessage().contains("\"" + member + "\""), refusal.getMessage());
    }

    @Test
    void an_instruction_has_a_bound_and_can_be_the_operators_alone() {
        LiveChoice longest = choice("systemInstruction", "x".repeat(8000));
        LiveChoice tooLong = choice("systemInstruction", "x".repeat(8001));
        LiveDefaults open = new LiveDefaults(reader());
        assertEquals(
                8000,
                open.resolve(ApiKey.SIMULATOR, longest)
                        .systemInstruction()
                        .orElseThrow()
                        .length());
        assertThrows(ParleyException.class, () -> open.resolve(ApiKey.SIMULATOR, tooLong));

        LiveDefaults closed = new LiveDefaults(reader(
                "parley.gemini.system-instruction-allowed", "false", "parley.gemini.system-instruction", "Ours."));
        assertThrows(ParleyException.class, () -> closed.resolve(ApiKey.SIMULATOR, longest));
        assertEquals(
                Optional.of("Ours."),
                closed.resolve(ApiKey.SIMULATOR, LiveChoice.DEFAULTS).systemInstruction());
    }

    @Test
    void a_long_wrong_value_is_not_echoed_whole() {
        ParleyException refusal = assertThrows(ParleyException.class, () -> new LiveDefaults(reader())
                .resolve(ApiKey.SIMULATOR, choice("model", "y".repeat(10_000))));
        assertTrue(refusal.getMessage().length() < 400);
    }

    @Test
    void a_model_with_one_way_to_answer_answers_that_way_unasked() {
        LiveRequest request =
                new LiveDefaults(reader()).resolve(ApiKey.SIMULATOR, choice("model", "gemini-3.5-transcribe-live"));
        assertEquals(Modality.TEXT, request.modality());
    }

    @Test
    void the_configured_model_is_always_allowed() {
        LiveDefaults defaults =
                new LiveDefaults(reader("parley.gemini.model", "models/own-live", "parley.gemini.models", "other"));
        assertEquals(List.of("own-live", "other"), defaults.offer().models());
        assertEquals(
                "own-live",
                defaults.resolve(ApiKey.SIMULATOR, LiveChoice.DEFAULTS).model());
    }

    private static LiveChoice choice(String member, String value) {
        return new LiveChoice(
                only("model", member, value),
                only("voice", member, value),
                only("language", member, value),
                only("systemInstruction", member, value),
                only("modality", member, value),
                false);
    }

    private static Optional<String> only(String wanted, String member, String value) {
        return wanted.equals(member) ? Optional.of(value) : Optional.empty();
    }

    private static List<String> keys(String... settings) {
        return new ApiKeys(reader(settings))
                .keys().stream()
                        .map(key -> key.name() + "=" + key.secret().reveal())
                        .toList();
    }

    private static SettingsReader reader(String... settings) {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < settings.length; i += 2) {
            values.put(settings[i], settings[i + 1]);
        }
        return new SettingsReader(name -> Optional.ofNullable(values.get(name)));
    }
}
