package dev.parley.simulator.fault;

import dev.parley.simulator.protocol.LiveJson;
import dev.parley.simulator.protocol.Refusal;
import dev.parley.simulator.protocol.WireFault;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.Serial;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * An error as Google's REST APIs answer it (cloud.google.com/apis/design/errors): an HTTP status and
 * {@code {"error": {code, message, status, details}}}. Has no stack trace: it is an answer, not a defect.
 */
public final class GoogleError extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private static final String TYPE = "type.googleapis.com/google.rpc.";
    private static final String INVALID_ARGUMENT = "INVALID_ARGUMENT";

    private final int code;
    private final String message;
    private final String status;
    private final transient List<JsonObject> details;

    private GoogleError(int code, String status, String message, List<JsonObject> details) {
        super(message, null, false, false);
        this.code = code;
        this.message = message;
        this.status = status;
        this.details = details;
    }

    /** 400: the request is wrong, whatever the state of the server. */
    public static GoogleError invalid(String message) {
        return new GoogleError(400, INVALID_ARGUMENT, message, List.of());
    }

    /** 400 for what the message reader refused, with the path of the field where there is one. */
    public static GoogleError invalid(Refusal refusal) {
        JsonObjectBuilder violation = LiveJson.object();
        if (!refusal.place().isEmpty()) {
            violation.add("field", refusal.place());
        }
        violation.add("description", refusal.reason());
        JsonObject detail = detail("BadRequest")
                .add("fieldViolations", LiveJson.array().add(violation))
                .build();
        return new GoogleError(400, INVALID_ARGUMENT, refusal.reason(), List.of(detail));
    }

    /** 400: the request is right, but not now. */
    public static GoogleError precondition(String message) {
        return new GoogleError(400, "FAILED_PRECONDITION", message, List.of());
    }

    /** 400 for a key that does not exist. */
    public static GoogleError badKey() {
        JsonObject info = detail("ErrorInfo")
                .add("reason", "API_KEY_INVALID")
                .add("domain", "googleapis.com")
                .add("metadata", LiveJson.object().add("service", "generativelanguage.googleapis.com"))
                .build();
        String message = WireFault.BAD_KEY.refusal().reason();
        JsonObject localised = detail("LocalizedMessage")
                .add("locale", "en-US")
                .add("message", message)
                .build();
        return new GoogleError(400, INVALID_ARGUMENT, message, List.of(info, localised));
    }

    /** 401 of Vertex AI: no access token, or one that is not taken. */
    public static GoogleError unauthenticated() {
        JsonObject info = detail("ErrorInfo")
                .add("reason", "CREDENTIALS_MISSING")
                .add("domain", "googleapis.com")
                .add("metadata", LiveJson.object().add("service", "aiplatform.googleapis.com"))
                .build();
        return new GoogleError(
                401,
                "UNAUTHENTICATED",
                "Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid"
                        + " authentication credential.",
                List.of(info));
    }

    /** 403: no key at all, or not this key's. */
    public static GoogleError denied(String message) {
        return new GoogleError(403, "PERMISSION_DENIED", message, List.of());
    }

    /** 404. */
    public static GoogleError notFound(String message) {
        return new GoogleError(404, "NOT_FOUND", message, List.of());
    }

    /** 404 for a model that there is not, or that does not do that. */
    public static GoogleError unknownModel(String model, String version, String method) {
        return notFound("models/" + model + " is not found for API version " + version
                + ", or is not supported for " + method + ". Call ModelService.ListModels to see the list of available"
                + " models and their supported methods.");
    }

    /** 404 of Vertex AI, for the full name of a model. */
    public static GoogleError unknownPublisherModel(String name) {
        return notFound(Refusal.unknownPublisherModel(name).reason());
    }

    /** 409. */
    public static GoogleError exists(String message) {
        return new GoogleError(409, "ALREADY_EXISTS", message, List.of());
    }

    /**
     * 429, with what is used up and when to come again.
     *
     * @param quota id of the quota
     */
    public static GoogleError quota(String quota, Duration retry) {
        String wait = seconds(retry);
        JsonArrayBuilder violations = LiveJson.array()
                .add(LiveJson.object()
                        .add("quotaMetric", "generativelanguage.googleapis.com/" + quota)
                        .add("quotaId", quota));
        JsonArrayBuilder links = LiveJson.array()
                .add(LiveJson.object()
                        .add("description", "Learn more about Gemini API quotas")
                        .add("url", "https://ai.google.dev/gemini-api/docs/rate-limits"));
        return new GoogleError(
                429,
                "RESOURCE_EXHAUSTED",
                WireFault.QUOTA.refusal().reason() + " Please retry in " + wait + ".",
                List.of(
                        detail("QuotaFailure").add("violations", violations).build(),
                        detail("Help").add("links", links).build(),
                        detail("RetryInfo").add("retryDelay", wait).build()));
    }

    /** 500. */
    public static GoogleError internal() {
        return new GoogleError(500, "INTERNAL", WireFault.INTERNAL.refusal().reason(), List.of());
    }

    /** 503. */
    public static GoogleError unavailable() {
        return new GoogleError(503, "UNAVAILABLE", "The model is overloaded. Please try again later.", List.of());
    }

    /** 504. */
    public static GoogleError deadline() {
        return new GoogleError(
                504, "DEADLINE_EXCEEDED", WireFault.DEADLINE.refusal().reason(), List.of());
    }

    /** HTTP status. */
    public int code() {
        return code;
    }

    /** Google's word for it, such as {@code NOT_FOUND}. */
    public String status() {
        return status;
    }

    @Override
    public String getMessage() {
        return message;
    }

    /** The body of the response. */
    public JsonObject toJson() {
        JsonObjectBuilder error =
                LiveJson.object().add("code", code).add("message", message).add("status", status);
        if (!details.isEmpty()) {
            JsonArrayBuilder list = LiveJson.array();
            details.forEach(list::add);
            error.add("details", list);
        }
        return LiveJson.object().add("error", error).build();
    }

    private static JsonObjectBuilder detail(String type) {
        return LiveJson.object().add("@type", TYPE + type);
    }

    /** A duration as protobuf's JSON writes it: {@code 34s}, {@code 0.500s}. */
    private static String seconds(Duration duration) {
        long millis = duration.toMillis();
        return millis % 1000 == 0 ? millis / 1000 + "s" : String.format(Locale.ROOT, "%.3fs", millis / 1000.0);
    }
}
