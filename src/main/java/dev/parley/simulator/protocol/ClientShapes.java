package dev.parley.simulator.protocol;

import static dev.parley.simulator.protocol.Shape.ANY;
import static dev.parley.simulator.protocol.Shape.FLAG;
import static dev.parley.simulator.protocol.Shape.NUMBER;
import static dev.parley.simulator.protocol.Shape.TEXT;
import static dev.parley.simulator.protocol.Shape.listOf;
import static dev.parley.simulator.protocol.Shape.object;
import static dev.parley.simulator.protocol.Shape.oneOf;

/**
 * Every field that a Live API client may send (ai.google.dev/api/live, state of November 2026). Fields that exist but
 * that Live does not support are here too: they are refused by meaning, not as unknown. The same parts, contents and
 * configurations make a {@code generateContent} request.
 */
public final class ClientShapes {
    private static final Shape BLOB = object("mimeType", TEXT, "data", TEXT, "displayName", TEXT);

    private static final Shape PART = object(
            "text", TEXT,
            "inlineData", BLOB,
            "fileData", object("mimeType", TEXT, "fileUri", TEXT, "displayName", TEXT),
            "functionCall", ANY,
            "functionResponse", ANY,
            "executableCode", ANY,
            "codeExecutionResult", ANY,
            "thought", FLAG,
            "thoughtSignature", TEXT,
            "videoMetadata", ANY,
            "mediaResolution", ANY);

    private static final Shape CONTENT = object("role", TEXT, "parts", listOf(PART));

    private static final Shape FUNCTION = object(
            "name", TEXT,
            "description", TEXT,
            "behavior", oneOf("UNSPECIFIED", "BLOCKING", "NON_BLOCKING"),
            "parameters", ANY,
            "parametersJsonSchema", ANY,
            "response", ANY,
            "responseJsonSchema", ANY);

    private static final Shape VERTEX_TOOL = object(
            "functionDeclarations", listOf(FUNCTION),
            "googleSearch", ANY,
            "googleSearchRetrieval", ANY,
            "googleMaps", ANY,
            "codeExecution", ANY,
            "urlContext", ANY,
            "fileSearch", ANY,
            "computerUse", ANY);

    private static final Shape TOOL = VERTEX_TOOL.with("mcpServers", ANY);

    private static final Shape TRANSCRIPTION = object(
            "languageCodes", listOf(TEXT),
            "customVocabulary", listOf(TEXT),
            "mode", oneOf("MODE_UNSPECIFIED", "VERBATIM", "SMART"),
            "diarization", FLAG,
            "wordTimestamp", FLAG,
            "sourceText", ANY,
            "languageAuto", ANY,
            "languageHints", ANY,
            "adaptationPhrases", listOf(TEXT));

    private static final Shape SPEECH = object(
            "voiceConfig",
                    object(
                            "prebuiltVoiceConfig", object("voiceName", TEXT),
                            "voice", TEXT,
                            "replicatedVoiceConfig", ANY),
            "languageCode", TEXT,
            "multiSpeakerVoiceConfig", ANY);

    private static final Shape GENERATION = object(
                    "responseModalities",
                    listOf(oneOf("MODALITY_UNSPECIFIED", "AUDIO", "TEXT", "IMAGE", "VIDEO")),
                    "speechConfig",
                    SPEECH,
                    "thinkingConfig",
                    object(
                            "thinkingLevel", oneOf("THINKING_LEVEL_UNSPECIFIED", "MINIMAL", "LOW", "MEDIUM", "HIGH"),
                            "thinkingBudget", NUMBER,
                            "includeThoughts", FLAG),
                    "mediaResolution",
                    oneOf(
                            "MEDIA_RESOLUTION_UNSPECIFIED",
                            "MEDIA_RESOLUTION_LOW",
                            "MEDIA_RESOLUTION_MEDIUM",
                            "MEDIA_RESOLUTION_HIGH"),
                    "enableAffectiveDialog",
                    FLAG,
                    "translationConfig",
                    ANY)
            .with(
                    "temperature", NUMBER,
                    "topP", NUMBER,
                    "topK", NUMBER,
                    "maxOutputTokens", NUMBER,
                    "seed", NUMBER,
                    "candidateCount", NUMBER,
                    "presencePenalty", NUMBER,
                    "frequencyPenalty", NUMBER)
            .with(
                    "responseLogprobs", ANY,
                    "responseMimeType", ANY,
                    "logprobs", ANY,
                    "responseSchema", ANY,
                    "stopSequences", ANY,
                    "routingConfig", ANY,
                    "audioTimestamp", ANY);

    private static final Shape REALTIME_CONFIG = object(
            "automaticActivityDetection",
                    object(
                            "disabled", FLAG,
                            "startOfSpeechSensitivity",
                                    oneOf(
                                            "START_SENSITIVITY_UNSPECIFIED",
                                            "START_SENSITIVITY_HIGH",
                                            "START_SENSITIVITY_LOW"),
                            "endOfSpeechSensitivity",
                                    oneOf("END_SENSITIVITY_UNSPECIFIED", "END_SENSITIVITY_HIGH", "END_SENSITIVITY_LOW"),
                            "prefixPaddingMs", NUMBER,
                            "silenceDurationMs", NUMBER),
            "activityHandling",
                    oneOf("ACTIVITY_HANDLING_UNSPECIFIED", "START_OF_ACTIVITY_INTERRUPTS", "NO_INTERRUPTION"),
            "turnCoverage",
                    oneOf(
                            "TURN_COVERAGE_UNSPECIFIED",
                            "TURN_INCLUDES_ONLY_ACTIVITY",
                            "TURN_INCLUDES_ALL_INPUT",
                            "TURN_INCLUDES_AUDIO_ACTIVITY_AND_ALL_VIDEO"),
            "interimTranscriptTimestampEnabled", FLAG);

    private static final Shape SETUP = object(
                    "model", TEXT,
                    "generationConfig", GENERATION,
                    "systemInstruction", ANY,
                    "tools", listOf(TOOL),
                    "realtimeInputConfig", REALTIME_CONFIG,
                    "sessionResumption", object("handle", TEXT),
                    "contextWindowCompression",
                            object("triggerTokens", NUMBER, "slidingWindow", object("targetTokens", NUMBER)))
            .with(
                    "inputAudioTranscription", TRANSCRIPTION,
                    "outputAudioTranscription", TRANSCRIPTION,
                    "proactivity", object("proactiveAudio", FLAG, "proactiveVideo", FLAG),
                    "historyConfig", object("initialHistoryInClientContent", FLAG),
                    "avatarConfig", ANY,
                    "safetySettings", listOf(ANY),
                    "labels", ANY);

    private static final Shape REALTIME_INPUT = object(
            "audio", BLOB,
            "video", BLOB,
            "text", TEXT,
            "audioStreamEnd", FLAG,
            "activityStart", object(),
            "activityEnd", object(),
            "mediaChunks", listOf(BLOB));

    private static final Shape VERTEX_RESPONSE = object(
            "id", TEXT,
            "name", TEXT,
            "response", ANY,
            "scheduling", oneOf("SCHEDULING_UNSPECIFIED", "INTERRUPT", "WHEN_IDLE", "SILENT"),
            "parts", ANY);

    private static final Shape RESPONSE = VERTEX_RESPONSE.with("willContinue", FLAG);

    private static final Shape GENERATE = object(
                    "model",
                    TEXT,
                    "contents",
                    listOf(CONTENT),
                    "systemInstruction",
                    CONTENT,
                    "generationConfig",
                    GENERATION.with("audioTranscriptionConfig", TRANSCRIPTION, "responseJsonSchema", ANY),
                    "tools",
                    listOf(TOOL),
                    "toolConfig",
                    ANY)
            .with("safetySettings", listOf(ANY), "cachedContent", TEXT, "store", FLAG, "serviceTier", ANY);

    /** What a server fills in itself is taken and ignored. */
    private static final Shape FILE = object(
                    "name", TEXT,
                    "displayName", TEXT,
                    "mimeType", TEXT,
                    "sizeBytes", ANY,
                    "uri", ANY,
                    "state", ANY,
                    "source", ANY)
            .with("createTime", ANY, "updateTime", ANY, "expirationTime", ANY, "sha256Hash", ANY, "downloadUri", ANY);

    private ClientShapes() {}

    /** The body that begins an upload. */
    public static Shape createFile() {
        return object("file", FILE);
    }

    /** The body of {@code generateContent} and {@code streamGenerateContent}. */
    public static Shape generateContent() {
        return GENERATE;
    }

    static Shape developer() {
        return message(SETUP, TOOL, RESPONSE);
    }

    static Shape vertex() {
        Shape setup =
                SETUP.with("explicitVadSignal", FLAG, "sessionResumption", object("handle", TEXT, "transparent", FLAG));
        return message(setup, VERTEX_TOOL, VERTEX_RESPONSE);
    }

    private static Shape message(Shape setup, Shape tool, Shape response) {
        return object(
                "setup", setup.with("tools", listOf(tool)),
                "clientContent", object("turns", listOf(CONTENT), "turnComplete", FLAG),
                "realtimeInput", REALTIME_INPUT,
                "toolResponse", object("functionResponses", listOf(response)),
                "contextUpdate", object("systemInstruction", ANY, "tools", object("tools", listOf(tool))));
    }
}
