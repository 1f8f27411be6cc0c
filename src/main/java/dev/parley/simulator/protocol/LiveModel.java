package dev.parley.simulator.protocol;

import static dev.parley.simulator.protocol.LiveModel.Trait.ALWAYS_PROACTIVE;
import static dev.parley.simulator.protocol.LiveModel.Trait.ASYNC_TOOLS;
import static dev.parley.simulator.protocol.LiveModel.Trait.BUILT_IN_TOOLS;
import static dev.parley.simulator.protocol.LiveModel.Trait.CAPTIONS;
import static dev.parley.simulator.protocol.LiveModel.Trait.CONTENT_SEEDS_ONLY;
import static dev.parley.simulator.protocol.LiveModel.Trait.FIXED_THINKING;
import static dev.parley.simulator.protocol.LiveModel.Trait.INTERACTION_STATUS;
import static dev.parley.simulator.protocol.LiveModel.Trait.MEDIA_CHUNKS;
import static dev.parley.simulator.protocol.LiveModel.Trait.ROLES;
import static dev.parley.simulator.protocol.LiveModel.Trait.SPEAKS;
import static dev.parley.simulator.protocol.LiveModel.Trait.WRITES;

import jakarta.json.JsonObject;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A model that the simulator plays, with what sets it apart on the wire. The models of December 2024 and of 2025 are
 * gone at Google and stay here, for servers and clients that still speak like them.
 *
 * @param id bare id, such as {@code gemini-3.8-live}
 * @param versions of the API under which it is found
 * @param traits see {@link Trait}
 * @param inputTokens context window
 * @param outputTokens longest answer
 */
public record LiveModel(String id, Set<String> versions, Set<Trait> traits, int inputTokens, int outputTokens) {
    /** Differences between models. */
    public enum Trait {
        /** Answers in sound. */
        SPEAKS,
        /** Answers in writing. */
        WRITES,
        /** Writes down what it hears and answers nothing. */
        CAPTIONS,
        /** Takes {@code realtimeInput.mediaChunks}. */
        MEDIA_CHUNKS,
        /** Every turn of clientContent needs its role. */
        ROLES,
        /** clientContent is for history at the start only. */
        CONTENT_SEEDS_ONLY,
        /** Functions are NON_BLOCKING unless declared otherwise. */
        ASYNC_TOOLS,
        /** Tells by {@code interactionStatus} when it is done; functions are never BLOCKING. */
        INTERACTION_STATUS,
        /** proactiveAudio cannot be switched off. */
        ALWAYS_PROACTIVE,
        /** Takes no thinkingConfig. */
        FIXED_THINKING,
        /** Takes codeExecution and urlContext. */
        BUILT_IN_TOOLS
    }

    private static final Set<String> ALL_VERSIONS = Set.of("v1", "v1beta", "v1alpha", "v1beta1");
    private static final Set<String> PREVIEW_VERSIONS = Set.of("v1beta", "v1alpha", "v1beta1");
    private static final int WINDOW = 131_072;

    private static final List<LiveModel> TABLE = List.of(
            model(
                    "gemini-3.8-live",
                    ALL_VERSIONS,
                    65_536,
                    SPEAKS,
                    ROLES,
                    ASYNC_TOOLS,
                    ALWAYS_PROACTIVE,
                    FIXED_THINKING),
            model(
                    "gemini-3.8-live-extended-thinking",
                    ALL_VERSIONS,
                    65_536,
                    SPEAKS,
                    ROLES,
                    ASYNC_TOOLS,
                    ALWAYS_PROACTIVE,
                    INTERACTION_STATUS),
            model("gemini-3.5-transcribe-live", ALL_VERSIONS, 65_536, CAPTIONS, WRITES),
            model("gemini-3.1-flash-live-preview", PREVIEW_VERSIONS, 65_536, SPEAKS, CONTENT_SEEDS_ONLY),
            model(
                    "gemini-2.5-flash-native-audio-preview-12-2025",
                    PREVIEW_VERSIONS,
                    8_192,
                    SPEAKS,
                    MEDIA_CHUNKS,
                    BUILT_IN_TOOLS),
            model(
                    "gemini-live-2.5-flash-preview",
                    PREVIEW_VERSIONS,
                    8_192,
                    SPEAKS,
                    WRITES,
                    MEDIA_CHUNKS,
                    BUILT_IN_TOOLS),
            model("gemini-2.0-flash-exp", PREVIEW_VERSIONS, 8_192, SPEAKS, WRITES, MEDIA_CHUNKS, BUILT_IN_TOOLS),
            model("gemini-2.0-flash-live-001", PREVIEW_VERSIONS, 8_192, SPEAKS, WRITES, MEDIA_CHUNKS, BUILT_IN_TOOLS));

    private static LiveModel model(String id, Set<String> versions, int outputTokens, Trait first, Trait... others) {
        return new LiveModel(id, versions, EnumSet.of(first, others), WINDOW, outputTokens);
    }

    /** The models found under a version of the API, newest first. */
    public static List<LiveModel> of(String version) {
        return TABLE.stream().filter(model -> model.versions.contains(version)).toList();
    }

    /** The model of that bare id under a version of the API. */
    public static Optional<LiveModel> find(String id, String version) {
        return of(version).stream().filter(model -> model.id.equals(id)).findFirst();
    }

    /** Whether the model differs in this way. */
    public boolean is(Trait trait) {
        return traits.contains(trait);
    }

    /** As {@code GET /v1beta/models} tells it. */
    public JsonObject toJson() {
        return described(
                id,
                "understands nothing, plays the speaker's voice back",
                inputTokens,
                outputTokens,
                "bidiGenerateContent");
    }

    /**
     * A model as {@code GET /v1beta/models} tells it.
     *
     * @param does what Parley's simulator does in its name
     * @param method what it is called by
     */
    public static JsonObject described(String id, String does, int inputTokens, int outputTokens, String method) {
        return LiveJson.object()
                .add("name", "models/" + id)
                .add("version", "simulated")
                .add("displayName", id + " (simulated)")
                .add("description", "Played by Parley's simulator: " + does + ".")
                .add("inputTokenLimit", inputTokens)
                .add("outputTokenLimit", outputTokens)
                .add("supportedGenerationMethods", LiveJson.array().add(method))
                .build();
    }
}
