package dev.parley.gemini.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.gemini.settings.ApiKeys;
import dev.parley.gemini.settings.LiveDefaults;
import dev.parley.gemini.settings.LiveSettings;
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

class GoogleServiceTest {
    private static SettingsReader reader(String... settings) {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < settings.length; i += 2) {
            values.put(settings[i], settings[i + 1]);
        }
        return new SettingsReader(name -> Optional.ofNullable(values.get(name)));
    }

    private static SettingsReader vertex(String location, String... more) {
        String[] settings = new String[more.length + 4];
        settings[0] = "parley.gemini.vertex.project";
        settings[1] = "my-project";
        settings[2] = "parley.gemini.vertex.location";
        settings[3] = location;
        System.arraycopy(more, 0, settings, 4, more.length);
        return reader(settings);
    }

    @ParameterizedTest
    @CsvSource({
        "global, https://aiplatform.googleapis.com",
        "europe-west4, https://europe-west4-aiplatform.googleapis.com",
        "eu, https://aiplatform.eu.rep.googleapis.com"
    })
    void vertex_is_where_its_location_is(String location, String address) {
        LiveSettings settings = LiveSettings.read(vertex(location));
        assertEquals(address, settings.endpoint().toString());
        assertEquals("v1beta1", settings.version());
        assertEquals(
                "/ws/google.cloud.aiplatform.v1beta1.LlmBidiService/BidiGenerateContent",
                settings.service().livePath(settings.version()));
        assertEquals(
                "projects/my-project/locations/" + location + "/publishers/google/models/gemini-3.8-live",
                settings.service().modelName("gemini-3.8-live"));
    }

    @Test
    void endpoint_and_version_can_be_set() {
        LiveSettings settings = LiveSettings.read(vertex(
                "us-central1", "parley.gemini.endpoint", "https://gate.example/google", "parley.gemini.version", "v1"));
        assertEquals("https://gate.example/google", settings.endpoint().toString());
        assertEquals("v1", settings.version());
    }

    @Test
    void a_project_counts_as_one_key_under_its_own_name() {
        List<ApiKey> keys = new ApiKeys(vertex("global")).keys();
        assertEquals(List.of(ApiKey.ofProject("my-project")), keys);
        assertTrue(keys.get(0).standsForProject());
        assertFalse(ApiKey.SIMULATOR.standsForProject());
        ApiKeys ofDomain = new ApiKeys(
                reader("parley.gemini.vertex.project", "a.org:my-project", "parley.gemini.vertex.location", "global"));
        assertEquals("a.org.my-project", ofDomain.keys().get(0).name());
    }

    @Test
    void vertex_hears_as_keenly_as_the_developer_api_unless_told_otherwise() {
        assertEquals(
                Optional.of("START_SENSITIVITY_HIGH"),
                LiveSettings.read(vertex("global")).turns().startSensitivity());
        assertEquals(
                Optional.of("END_SENSITIVITY_LOW"),
                LiveSettings.read(vertex("global", "parley.gemini.vad.end-sensitivity", "low"))
                        .turns()
                        .endSensitivity());
        assertEquals(Optional.empty(), LiveSettings.read(reader()).turns().startSensitivity());
    }

    @Test
    void vertex_offers_the_models_that_it_serves() {
        assertEquals(
                List.of("gemini-3.8-live", "gemini-3.5-transcribe-live"),
                new LiveDefaults(vertex("global")).offer().models());
        assertEquals(3, new LiveDefaults(reader()).offer().models().size());
    }

    @ParameterizedTest
    @CsvSource({
        "parley.gemini.vertex.location, my-project, '', '', ''",
        "parley.gemini.vertex.location, my-project, US West, '', ''",
        "parley.gemini.vertex.project, My Project, global, '', ''",
        "parley.gemini.vertex.project, a, global, '', ''",
        "parley.gemini.vertex.location, '', global, '', ''",
        "parley.gemini.vertex.credentials-file, '', '', parley.gemini.vertex.credentials-file, /x.json",
        "parley.gemini.vertex.speech-signals, '', '', parley.gemini.vertex.speech-signals, true",
        "parley.gemini.vertex.speech-signals, my-project, global, parley.gemini.vertex.speech-signals, maybe",
        "GEMINI_API_KEY, my-project, global, GEMINI_API_KEY, hush",
        "parley.gemini.key, my-project, global, parley.gemini.key, hush",
        "parley.gemini.keys, my-project, global, parley.gemini.keys, a=hush",
        "parley.gemini.version, my-project, global, parley.gemini.version, v1beta",
        "parley.gemini.version, '', '', parley.gemini.version, v1beta1"
    })
    void what_does_not_fit_together_is_refused_by_name(
            String named, String project, String location, String other, String value) {
        SettingsReader reader = reader(
                "parley.gemini.vertex.project",
                project,
                "parley.gemini.vertex.location",
                location,
                other.isEmpty() ? "unused" : other,
                value);
        SettingException refusal = assertThrows(SettingException.class, () -> LiveSettings.read(reader));
        String message = String.valueOf(refusal.getMessage());
        assertTrue(message.startsWith("The setting " + named + " is \""), message);
        assertTrue(message.contains("but must be"), message);
        assertFalse(message.contains("hush"), message);
    }
}
