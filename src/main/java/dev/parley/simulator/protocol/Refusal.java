package dev.parley.simulator.protocol;

import java.io.Serial;

/**
 * The client did what the Live API answers by closing the socket. Carries the close code and the reason as Google
 * words it; there is no error message on this wire. Has no stack trace: it is an answer, not a defect.
 */
public final class Refusal extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final int code;
    private final String reason;
    private final String place;

    /** A close with this WebSocket code and reason; a reason longer than a close frame is cut when it is sent. */
    public Refusal(int code, String reason) {
        this(code, reason, "");
    }

    private Refusal(int code, String reason, String place) {
        super(reason, null, false, false);
        this.code = code;
        this.reason = reason;
        this.place = place;
    }

    /** A field that the message type does not have; {@code path} is empty at the top. */
    public static Refusal unknownName(String name, String path) {
        return new Refusal(
                1007,
                "Invalid JSON payload received. Unknown name \"" + name + "\""
                        + (path.isEmpty() ? "" : " at '" + path + "'") + ": Cannot find field.",
                path);
    }

    /** A field whose value is of another type than the field, or no value of its enumeration. */
    public static Refusal invalidValue(String path, String type, String value) {
        return new Refusal(1007, "Invalid value at '" + path + "' (" + type + "), " + value, path);
    }

    /** A model that this server, or this version of the API, does not have. */
    public static Refusal unknownModel(String model, String version) {
        return new Refusal(
                1008,
                "models/" + model + " is not found for API version " + version
                        + ", or is not supported for bidiGenerateContent. Call ModelService.ListModels to see the list"
                        + " of available models and their supported methods.");
    }

    /** The same on Vertex AI, for the full name of a model. */
    public static Refusal unknownPublisherModel(String name) {
        return new Refusal(
                1008,
                "Publisher Model `" + name
                        + "` was not found or your project does not have access to it. Please ensure you"
                        + " are using a valid model version.");
    }

    /** WebSocket close code. */
    public int code() {
        return code;
    }

    /** The field that is wrong, such as {@code contents[0].parts[1]}; empty at the top and when no field is at fault. */
    public String place() {
        return place;
    }

    /** The reason in full. */
    public String reason() {
        return reason;
    }
}
