package dev.parley.shared.problem;

import dev.parley.shared.failure.FailureKind;
import dev.parley.shared.failure.ParleyException;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * A failure as a problem document (RFC 9457).
 *
 * @param status of HTTP; usually the kind's own
 * @param detail a sentence that a person can act on
 * @param retryAfter when trying again can help
 */
public record Problem(FailureKind kind, int status, String detail, Optional<Duration> retryAfter) {
    /** Its media type. */
    public static final String MEDIA_TYPE = "application/problem+json";

    /** Recordings take seconds: whoever found no room finds it soon. */
    private static final Duration DEFAULT_RETRY = Duration.ofSeconds(10);

    /** The problem for a failure. */
    public static Problem of(ParleyException failure) {
        FailureKind kind = failure.kind();
        Optional<Duration> retryAfter = kind.retryable()
                ? failure.retryAfter()
                        .or(() -> kind == FailureKind.NO_CAPACITY ? Optional.of(DEFAULT_RETRY) : Optional.empty())
                : Optional.empty();
        return new Problem(kind, kind.httpStatus(), failure.getMessage(), retryAfter);
    }

    /** The problem for a request that HTTP itself has a status for. */
    public static Problem ofStatus(int status, String detail) {
        FailureKind kind = status >= 500 ? FailureKind.INTERNAL : FailureKind.BAD_MESSAGE;
        return new Problem(kind, status, detail, Optional.empty());
    }

    /** The document. */
    public JsonObject toJson() {
        return toJson(title(kind));
    }

    /** The document with another title than its kind's. */
    public JsonObject toJson(String title) {
        JsonObjectBuilder json = Json.createObjectBuilder()
                .add(
                        "type",
                        "urn:parley:problem:"
                                + kind.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .add("title", title)
                .add("status", status)
                .add("detail", detail)
                .add("code", kind.closeCode())
                .add("retryable", kind.retryable());
        retryAfter.ifPresent(time -> json.add("retryAfterSeconds", seconds(time)));
        return json.build();
    }

    /** The answer to a request that has none yet; what is left of the request's body is not waited for. */
    public Response toResponse() {
        Response.ResponseBuilder response = Response.status(status)
                .type(MEDIA_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header("Connection", "close")
                .entity(toJson().toString());
        retryAfter.ifPresent(time -> response.header(HttpHeaders.RETRY_AFTER, seconds(time)));
        return response.build();
    }

    private static long seconds(Duration time) {
        return time.plusMillis(999).toSeconds();
    }

    private static String title(FailureKind kind) {
        return switch (kind) {
            case NORMAL -> "Nothing is wrong";
            case BAD_MESSAGE -> "The request cannot be understood";
            case SIGN_IN_NEEDED -> "Sign-in needed";
            case REFUSED -> "Not allowed";
            case TIME_LIMIT -> "It took too long";
            case TOO_LARGE -> "Too large";
            case UNSUPPORTED_AUDIO -> "The audio is not understood";
            case NO_CAPACITY -> "No capacity now";
            case UPSTREAM_REFUSED -> "Gemini refused the request";
            case UPSTREAM_UNAVAILABLE -> "Gemini is not available";
            case DRAINING -> "The server is being stopped";
            case INTERNAL -> "A fault of this server";
        };
    }
}
