package dev.parley.gemini.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.gemini.live.LiveChoice;
import dev.parley.gemini.message.MessageJson;
import dev.parley.gemini.settings.LiveDefaults;
import dev.parley.gemini.settings.LiveSettings;
import dev.parley.shared.settings.ApiKey;
import dev.parley.shared.settings.SettingsReader;
import jakarta.json.Json;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

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

    private void configure(String... settings) {
        for (int i = 0; i < settings.length; i += 2) {
            configured.put("parley.gemini." + settings[i], settings[i + 1]);
        }
    }

    private void expect(String json, LiveChoice choice) {
        SettingsReader reader = new SettingsReader(name -> Optional.ofNullable(configured.get(name)));
        String setup = MessageJson.write(SetupWriter.setup(
                new LiveDefaults(reader).resolve(ApiKey.SIMULATOR, choice),
                LiveSettings.read(reader).turns()));
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
