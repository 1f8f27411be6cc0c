package dev.parley.gemini.message;

import dev.parley.gemini.message.tool.ToolDeclaration;
import java.util.List;
import java.util.Optional;

/**
 * The first message of a connection. Absent members are left out: the server closes the connection with 1007 on a
 * member that it does not know.
 */
public record SetupMessage(Setup setup) {
    /**
     * What the connection shall be.
     *
     * @param model {@code models/…}, on Vertex AI {@code projects/…}
     * @param explicitVadSignal asks for {@code voiceActivityDetectionSignal}; Vertex AI only
     */
    public record Setup(
            String model,
            GenerationConfig generationConfig,
            Optional<Content> systemInstruction,
            Optional<List<ToolDeclaration>> tools,
            Optional<RealtimeInputConfig> realtimeInputConfig,
            Optional<AudioTranscription> inputAudioTranscription,
            Optional<Empty> outputAudioTranscription,
            Optional<ContextWindowCompression> contextWindowCompression,
            Optional<SessionResumption> sessionResumption,
            Optional<HistoryConfig> historyConfig,
            Optional<Boolean> explicitVadSignal) {}

    /** What the model answers with: exactly one of {@code AUDIO} and {@code TEXT}. */
    public record GenerationConfig(List<String> responseModalities, Optional<SpeechConfig> speechConfig) {}

    /** How the model speaks. */
    public record SpeechConfig(Optional<VoiceConfig> voiceConfig, Optional<String> languageCode) {}

    /** Which voice speaks. */
    public record VoiceConfig(PrebuiltVoiceConfig prebuiltVoiceConfig) {}

    /** A voice by its name; case matters. */
    public record PrebuiltVoiceConfig(String voiceName) {}

    /** How the server finds the turns. */
    public record RealtimeInputConfig(
            Optional<AutomaticActivityDetection> automaticActivityDetection,
            Optional<String> activityHandling,
            Optional<String> turnCoverage) {}

    /** The server's voice activity detection; times in milliseconds. */
    public record AutomaticActivityDetection(
            Optional<Boolean> disabled,
            Optional<String> startOfSpeechSensitivity,
            Optional<String> endOfSpeechSensitivity,
            Optional<Long> prefixPaddingMs,
            Optional<Long> silenceDurationMs) {}

    /** Asks for handles, and goes on with the session that {@code handle} names. */
    public record SessionResumption(Optional<String> handle) {}

    /** Whether {@code clientContent} that follows is what was said before, not something to answer. */
    public record HistoryConfig(boolean initialHistoryInClientContent) {}

    /** Asks for what the person said; hints are for models made to write it down. */
    public record AudioTranscription(Optional<List<String>> languageCodes, Optional<List<String>> customVocabulary) {}

    /** Lets the server forget the oldest turns instead of ending the session. */
    public record ContextWindowCompression(Empty slidingWindow) {}
}
