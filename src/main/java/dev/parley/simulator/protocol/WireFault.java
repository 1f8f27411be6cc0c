package dev.parley.simulator.protocol;

import java.util.Arrays;
import java.util.Optional;

/** The ways in which the Live API ends a connection, each with the word that asks the simulator for it. */
public enum WireFault {
    /** A key that does not exist. */
    BAD_KEY("bad-key", 1007, "API key not valid. Please pass a valid API key."),
    /** No credential at all. */
    NO_KEY(
            "no-key",
            1008,
            "Method doesn't allow unregistered callers (callers without established identity). Please use API Key or"
                    + " other form of API consumer identity to call this API."),
    /** A model that does not exist, or not for Live. */
    UNKNOWN_MODEL(
            "unknown-model",
            1008,
            "models/gemini-0-none is not found for API version v1beta, or is not supported for bidiGenerateContent."
                    + " Call ModelService.ListModels to see the list of available models."),
    /** A field that does not exist. */
    UNKNOWN_FIELD(
            "unknown-field",
            1007,
            "Invalid JSON payload received. Unknown name \"bogusField\" at 'setup': Cannot find field."),
    /** A value that the enumeration does not have. */
    BAD_ENUM("bad-enum", 1007, "Invalid value at 'tool_response.function_responses[0].scheduling'"),
    /** Wrong order, wrong meaning, context exhausted, a feature that the model does not have. */
    INVALID_ARGUMENT("invalid", 1007, "Request contains an invalid argument."),
    /** The audio field of December 2024. */
    MEDIA_CHUNKS("media-chunks", 1007, "realtime_input.media_chunks is deprecated. Use audio, video, or text instead."),
    /** An activity without audio. */
    PRECONDITION("precondition", 1007, "Precondition check failed."),
    /** A resumption handle that is unknown or too old. */
    UNKNOWN_HANDLE("unknown-handle", 1008, "Requested entity was not found."),
    /** A project that these credentials may not use (Vertex AI). */
    DENIED(
            "denied",
            1008,
            "Permission 'aiplatform.endpoints.predict' denied on resource '//aiplatform.googleapis.com/projects/p' (or it"
                    + " may not exist)."),
    /** The client stayed after a goAway. */
    OVERSTAYED(
            "overstayed",
            1008,
            "Connection aborted because the client failed to close the connection after receiving a GoAway signal"
                    + " once the session duration limit was exceeded."),
    /** Audio during a tool call, on older models. */
    NOT_IMPLEMENTED("not-implemented", 1008, "Operation is not implemented, or supported, or enabled."),
    /** The same, worded differently. */
    ABORTED("aborted", 1008, "The operation was aborted."),
    /** The project's quota is used up. */
    QUOTA(
            "quota",
            1011,
            "You exceeded your current quota, please check your plan and billing details."
                    + " For more information on this error, head to the rate limits page."),
    /** A fault of the server. */
    INTERNAL("internal", 1011, "Internal error encountered."),
    /** The server took too long. */
    DEADLINE("deadline", 1011, "Deadline expired before operation could complete.");

    private final String word;
    private final int code;
    private final String reason;

    WireFault(String word, int code, String reason) {
        this.word = word;
        this.code = code;
        this.reason = reason;
    }

    /** The fault that {@code word} asks for. */
    public static Optional<WireFault> named(String word) {
        return Arrays.stream(values()).filter(fault -> fault.word.equals(word)).findFirst();
    }

    /** What asks the simulator for it, as in {@code /simulate quota}. */
    public String word() {
        return word;
    }

    /** The close to throw. */
    public Refusal refusal() {
        return new Refusal(code, reason);
    }
}
