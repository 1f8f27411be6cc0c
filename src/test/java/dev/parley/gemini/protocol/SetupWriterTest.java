package dev.parley.gemini.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.gemini.live.LiveChoice;
import dev.parley.gemini.live.LiveFunction;
import dev.parley.gemini.live.LiveRequest;
import dev.parley.gemini.message.MessageJson;
import dev.parley.gemini.settings.LiveDefaults;
import dev.parley.gemini.settings.LiveSettings;
import dev.parley.shared.settings.ApiKey;
import dev.parley.shared.settings.SettingsReader;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The setup, model by model, from configuration to wire. */
class SetupWriterTest {
    private final Map<String, String> configured = new HashMap<>();

    @Test
    void the_current_voice_model_gets_both_transcriptions_compression_and_handles_and_no_thinking() {
        configure("voice", "Kore", "language", "de-DE", "system-instruction", "Be brief.");
        expect("""
                {"setup":{"model":"models/gemini-3.8-live",
                 "generationConfig":{"responseModalities":["AUDIO"],"speechConfig":{"languageCode":"de-DE",
                   "voiceConfig":{"prebuiltVoiceConfig":{"voiceName":"Kore"}}}},
                 "systemInstruction":{"role":"user","parts":[{"text":"Be brief."}]},
                 "inputAudioTranscription":{},"outputAudioTranscription":{},
                 "contextWindowCompression":{"slidingWindow":{}},"sessionResumption":{}}}""", LiveChoice.DEFAULTS);
    }

    @Test
    void native_audio_of_2_5_finds_the_language_by_itself() {
        configure("model", "gemini-2.5-flash-native-audio-preview-12-2025", "language", "de-DE");
        expect("""
                {"setup":{"model":"models/gemini-2.5-flash-native-audio-preview-12-2025",
                 "generationConfig":{"responseModalities":["AUDIO"]},
                 "inputAudioTranscription":{},"outputAudioTranscription":{},
                 "contextWindowCompression":{"slidingWindow":{}},"sessionResumption":{}}}""", LiveChoice.DEFAULTS);
    }

    @Test
    void captions_answer_in_text_and_take_nothing_that_is_for_voices() {
        configure("voice", "Kore", "system-instruction", "Be brief.");
        expect("""
                {"setup":{"model":"models/gemini-3.5-transcribe-live",
                 "generationConfig":{"responseModalities":["TEXT"]},
                 "realtimeInputConfig":{"automaticActivityDetection":{"disabled":true}},
                 "inputAudioTranscription":{}}}""", choice("gemini-3.5-transcribe-live", true));
    }

    @Test
    void the_model_of_december_2024_gets_what_it_knew() {
        configure("model", "gemini-2.0-flash-exp", "modality", "TEXT", "vad.start-sensitivity", "LOW");
        expect("""
                {"setup":{"model":"models/gemini-2.0-flash-exp",
                 "generationConfig":{"responseModalities":["TEXT"]}}}""", LiveChoice.DEFAULTS);
    }

    @Test
    void an_unknown_model_is_taken_for_a_current_one() {
        configure("model", "gemini-9-live", "modality", "TEXT");
        expect("""
                {"setup":{"model":"models/gemini-9-live",
                 "generationConfig":{"responseModalities":["TEXT"]},"inputAudioTranscription":{},
                 "contextWindowCompression":{"slidingWindow":{}},"sessionResumption":{}}}""", LiveChoice.DEFAULTS);
    }

    @Test
    void turn_detection_comes_from_configuration() {
        configure(
                "vad.start-sensitivity", "low",
                "vad.end-sensitivity", "HIGH",
                "vad.prefix-padding", "20ms",
                "vad.silence-duration", "1s",
                "activity-handling", "NONE",
                "turn-coverage", "ALL_INPUT");
        expect("""
                {"setup":{"model":"models/gemini-3.8-live","generationConfig":{"responseModalities":["AUDIO"]},
                 "realtimeInputConfig":{"activityHandling":"NO_INTERRUPTION","turnCoverage":"TURN_INCLUDES_ALL_INPUT",
                  "automaticActivityDetection":{"startOfSpeechSensitivity":"START_SENSITIVITY_LOW",
                   "endOfSpeechSensitivity":"END_SENSITIVITY_HIGH","prefixPaddingMs":20,"silenceDurationMs":1000}},
                 "inputAudioTranscription":{},"outputAudioTranscription":{},
                 "contextWindowCompression":{"slidingWindow":{}},"sessionResumption":{}}}""", LiveChoice.DEFAULTS);
    }

    @Test
    void manual_turns_switch_the_servers_detection_off() {
        configure("vad.silence-duration", "1s");
        expect("""
                {"setup":{"model":"models/gemini-3.8-live-extended-thinking",
                 "generationConfig":{"responseModalities":["AUDIO"]},
                 "realtimeInputConfig":{"automaticActivityDetection":{"disabled":true}},
                 "inputAudioTranscription":{},"outputAudioTranscription":{},
                 "contextWindowCompression":{"slidingWindow":{}},"sessionResumption":{}}}""", choice("gemini-3.8-live-extended-thinking", true));
    }

    private static final LiveFunction WAITING = function("wait", true);
    private static final LiveFunction GOING_ON = function("go", false);

    private static LiveFunction function(String name, boolean blocking) {
        return new LiveFunction(
                name,
                "Does " + name + ".",
                Json.createObjectBuilder().add("type", "object").build(),
                blocking);
    }

    private LiveRequest offering(String model) {
        return new LiveDefaults(reader())
                .resolve(ApiKey.SIMULATOR, choice(model, false))
                .offering(List.of(WAITING, GOING_ON));
    }

    /** Declared behaviours of a function that the model shall wait for, and of one that it shall not; "-" is none. */
    @ParameterizedTest
    @CsvSource({
        "gemini-3.8-live, BLOCKING, NON_BLOCKING, WHEN_IDLE",
        "gemini-3.8-live-extended-thinking, -, -, -",
        "gemini-3.1-flash-live-preview, -, -, -",
        "gemini-2.5-flash-native-audio-preview-12-2025, BLOCKING, NON_BLOCKING, WHEN_IDLE"
    })
    void functions_are_declared_as_the_model_takes_them(
            String model, String waiting, String goingOn, String scheduling) {
        configured.put("parley.gemini.models", model);
        JsonObject setup = parse(MessageJson.write(SetupWriter.setup(offering(model), LiveSettings.read(reader()))))
                .asJsonObject()
                .getJsonObject("setup");
        String go = "{\"name\":\"go\",\"description\":\"Does go.\"," + behavior(goingOn)
                + "\"parametersJsonSchema\":{\"type\":\"object\"}}";
        String wait = "{\"name\":\"wait\",\"description\":\"Does wait.\"," + behavior(waiting)
                + "\"parametersJsonSchema\":{\"type\":\"object\"}}";
        assertEquals(
                parse("{\"t\":[{\"functionDeclarations\":[" + wait + "," + go + "]}]}")
                        .asJsonObject()
                        .get("t"),
                setup.get("tools"));
        assertEquals(Optional.empty(), scheduling(model, WAITING));
        assertEquals(Optional.of(scheduling).filter(given -> !given.equals("-")), scheduling(model, GOING_ON));
    }

    private static String behavior(String behavior) {
        return behavior.equals("-") ? "" : "\"behavior\":\"" + behavior + "\",";
    }

    private Optional<String> scheduling(String model, LiveFunction function) {
        JsonObject answer = parse(MessageJson.write(ToolAnswers.message(
                        offering(model),
                        new LiveFunction.Answer(
                                "a", function.name(), JsonValue.EMPTY_JSON_OBJECT, LiveFunction.When.WHEN_IDLE))))
                .asJsonObject()
                .getJsonObject("toolResponse")
                .getJsonArray("functionResponses")
                .getJsonObject(0);
        assertEquals("a", answer.getString("id"));
        assertEquals(function.name(), answer.getString("name"));
        assertEquals(JsonValue.EMPTY_JSON_OBJECT, answer.get("response"));
        return Optional.ofNullable(answer.getString("scheduling", null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gemini-3.5-transcribe-live", "gemini-2.0-flash-exp"})
    void models_without_functions_are_not_told_of_them(String model) {
        configured.put("parley.gemini.models", model);
        assertEquals(
                Optional.empty(),
                SetupWriter.setup(offering(model), LiveSettings.read(reader()))
                        .setup()
                        .tools());
    }

    @Test
    void vertex_is_told_the_full_name_of_the_model_and_how_keenly_to_hear() {
        configure("vertex.project", "my-project", "vertex.location", "us-central1");
        String setup =
                "{\"setup\":{\"model\":\"projects/my-project/locations/us-central1/publishers/google/models/gemini-3.8-live\","
                        + "\"generationConfig\":{\"responseModalities\":[\"AUDIO\"]},"
                        + "\"realtimeInputConfig\":{\"automaticActivityDetection\":{\"startOfSpeechSensitivity\":\"START_SENSITIVITY_HIGH\","
                        + "\"endOfSpeechSensitivity\":\"END_SENSITIVITY_HIGH\"}},"
                        + "\"inputAudioTranscription\":{},\"outputAudioTranscription\":{},"
                        + "\"contextWindowCompression\":{\"slidingWindow\":{}},\"sessionResumption\":{}%s}}";
        expect(String.format(setup, ""), LiveChoice.DEFAULTS);
        configure("vertex.speech-signals", "true");
        expect(String.format(setup, ",\"explicitVadSignal\":true"), LiveChoice.DEFAULTS);
    }

    private SettingsReader reader() {
        return new SettingsReader(name -> Optional.ofNullable(configured.get(name)));
    }

    @Test
    void a_person_may_forbid_being_cut_or_allow_it_again() {
        configure("activity-handling", "INTERRUPTS");
        expect("""
                {"setup":{"model":"models/gemini-3.8-live","generationConfig":{"responseModalities":["AUDIO"]},
                 "realtimeInputConfig":{"activityHandling":"NO_INTERRUPTION"},
                 "inputAudioTranscription":{},"outputAudioTranscription":{},
                 "contextWindowCompression":{"slidingWindow":{}},"sessionResumption":{}}}""", wishes(false, List.of(), false));
    }

    @Test
    void search_is_a_tool_when_it_is_asked_for_and_allowed() {
        String searching = """
                {"setup":{"model":"models/gemini-3.8-live","generationConfig":{"responseModalities":["AUDIO"]},
                 "tools":[{"googleSearch":{}}],
                 "realtimeInputConfig":{"activityHandling":"START_OF_ACTIVITY_INTERRUPTS"},
                 "inputAudioTranscription":{},"outputAudioTranscription":{},
                 "contextWindowCompression":{"slidingWindow":{}},"sessionResumption":{}}}""";
        expect(searching, wishes(true, List.of(), true));
        configure("search", "always");
        expect(searching, wishes(true, List.of(), false));
        configure("search", "never");
        expect(searching.replace("\"tools\":[{\"googleSearch\":{}}],", ""), wishes(true, List.of(), true));
    }

    @Test
    void words_to_know_stand_in_the_instruction_of_a_voice_model() {
        configure("vocabulary", "Parley", "system-instruction", "Be brief.", "activity-handling", "NONE");
        expect("""
                {"setup":{"model":"models/gemini-3.8-live","generationConfig":{"responseModalities":["AUDIO"]},
                 "systemInstruction":{"role":"user","parts":[{"text":
                  "Be brief.\\n\\nThese words may be said; know them when you hear them: Parley, Payara."}]},
                 "realtimeInputConfig":{"activityHandling":"START_OF_ACTIVITY_INTERRUPTS"},
                 "inputAudioTranscription":{},"outputAudioTranscription":{},
                 "contextWindowCompression":{"slidingWindow":{}},"sessionResumption":{}}}""", wishes(true, List.of("Payara"), false));
    }

    @Test
    void words_and_language_are_hints_for_a_model_that_writes_down() {
        configure("model", "gemini-3.5-transcribe-live", "language", "de-CH", "vocabulary", "Parley");
        expect("""
                {"setup":{"model":"models/gemini-3.5-transcribe-live",
                 "generationConfig":{"responseModalities":["TEXT"]},
                 "realtimeInputConfig":{"automaticActivityDetection":{"disabled":true}},
                 "inputAudioTranscription":{"languageCodes":["de-CH"],"customVocabulary":["Parley"]}}}""", LiveChoice.DEFAULTS);
    }

    private static LiveChoice wishes(boolean interruptible, List<String> vocabulary, boolean search) {
        return new LiveChoice(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                new LiveChoice.Wishes(Optional.of(interruptible), vocabulary, search));
    }

    private void configure(String... settings) {
        for (int i = 0; i < settings.length; i += 2) {
            configured.put("parley.gemini." + settings[i], settings[i + 1]);
        }
    }

    private void expect(String json, LiveChoice choice) {
        SettingsReader reader = reader();
        String setup = MessageJson.write(SetupWriter.setup(
                new LiveDefaults(reader).resolve(ApiKey.SIMULATOR, choice), LiveSettings.read(reader)));
        assertEquals(parse(json), parse(setup));
    }

    private static LiveChoice choice(String model, boolean manual) {
        return new LiveChoice(
                Optional.of(model), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), manual);
    }

    private static JsonValue parse(String json) {
        try (JsonReader reader = Json.createReader(new StringReader(json))) {
            return reader.readObject();
        }
    }
}
