package dev.parley.gemini.failure;

import dev.parley.shared.failure.FailureKind;
import dev.parley.shared.settings.ApiKey;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The meaning of what Gemini's REST API answered to a request that failed, one table for HTTP answers and for errors
 * inside a stream. Rows are matched in order by the HTTP status and by a part of status, reason and message together.
 */
public final class RestFailures {
    /**
     * A row.
     *
     * @param code the HTTP status it holds for; {@link #ANY} for all
     * @param fragment part of status, reason and message, lower case; empty matches all
     * @param sentence with {@code {model}}, {@code {version}}, {@code {key}}, {@code {code}} and {@code {reason}}
     */
    private record Row(int code, String fragment, FailureKind kind, String sentence) {}

    private static final int ANY = -1;
    private static final int LONGEST_REASON = 500;

    private static final List<Row> TABLE = List.of(
            row(400, "api_key_invalid", FailureKind.UPSTREAM_REFUSED, Sentences.BAD_KEY),
            row(400, "api key", FailureKind.UPSTREAM_REFUSED, Sentences.BAD_KEY),
            row(
                    400,
                    "user location",
                    FailureKind.UPSTREAM_REFUSED,
                    "Google does not offer the Gemini API in the place that this server calls from. Whoever runs it"
                            + " must move it, or use Vertex AI."),
            row(400, "billing", FailureKind.UPSTREAM_REFUSED, Sentences.NO_BILLING),
            row(
                    400,
                    "payload size",
                    FailureKind.TOO_LARGE,
                    "The recording is too large for Gemini in one request. Whoever runs this server must lower"
                            + " parley.batch.inline-bytes."),
            row(
                    400,
                    "token count",
                    FailureKind.TOO_LARGE,
                    "The recording is too long for \"{model}\". Send a shorter part of it, or choose another model."),
            row(
                    400,
                    "mime type",
                    FailureKind.UNSUPPORTED_AUDIO,
                    "The model \"{model}\" does not take this kind of audio: {reason}"),
            row(
                    400,
                    "audio modality",
                    FailureKind.UNSUPPORTED_AUDIO,
                    "The model \"{model}\" does not take audio. Choose another one."),
            row(400, "", FailureKind.UPSTREAM_REFUSED, "Gemini did not accept the request to \"{model}\": {reason}"),
            row(401, "", FailureKind.UPSTREAM_REFUSED, Sentences.BAD_KEY),
            row(403, "unregistered callers", FailureKind.UPSTREAM_REFUSED, Sentences.NO_KEY),
            row(403, "established identity", FailureKind.UPSTREAM_REFUSED, Sentences.NO_KEY),
            row(
                    403,
                    "to access the file",
                    FailureKind.UPSTREAM_UNAVAILABLE,
                    "Gemini does not have the uploaded recording any more. Send it again."),
            row(403, "has not been used in project", FailureKind.UPSTREAM_REFUSED, Sentences.API_OFF),
            row(403, "billing", FailureKind.UPSTREAM_REFUSED, Sentences.NO_BILLING),
            row(403, "", FailureKind.UPSTREAM_REFUSED, Sentences.BAD_KEY),
            row(404, "models/", FailureKind.UPSTREAM_REFUSED, Sentences.NO_MODEL),
            row(
                    404,
                    "not_found",
                    FailureKind.UPSTREAM_UNAVAILABLE,
                    "Gemini does not find what the request names: {reason} Send the recording again."),
            row(
                    404,
                    "",
                    FailureKind.UPSTREAM_REFUSED,
                    "There is no Gemini API in version {version} at the configured address (HTTP 404); "
                            + NetworkFailures.ENDPOINT + " and parley.gemini.version."),
            row(
                    407,
                    "",
                    FailureKind.UPSTREAM_REFUSED,
                    "The network's proxy wants a sign-in (HTTP 407). Whoever runs this server must check the JVM's"
                            + " proxy settings."),
            row(
                    413,
                    "",
                    FailureKind.TOO_LARGE,
                    "The recording is too large for Gemini in one request. Whoever runs this server must lower"
                            + " parley.batch.inline-bytes."),
            row(429, "", FailureKind.NO_CAPACITY, Sentences.QUOTA),
            row(500, "", FailureKind.UPSTREAM_UNAVAILABLE, Sentences.OWN_ERROR),
            row(
                    503,
                    "",
                    FailureKind.UPSTREAM_UNAVAILABLE,
                    "Gemini is overloaded now. Try again in a moment, or choose another model than \"{model}\"."),
            row(
                    504,
                    "",
                    FailureKind.UPSTREAM_UNAVAILABLE,
                    "Gemini did not finish in time. Try again; if it stays so, send a shorter recording."));

    private RestFailures() {}

    /**
     * The failure for an answer, or for an error inside a stream.
     *
     * @param status of HTTP, or the error's own code inside a stream
     * @param error what the body says; null when it is not Google's
     * @param retryAfter of the {@code Retry-After} header; null without one
     */
    public static RestFailure of(
            int status,
            @Nullable GoogleError error,
            @Nullable Duration retryAfter,
            ApiKey key,
            String model,
            String version) {
        String message = error == null ? "" : Redaction.without(key.secret(), error.message());
        String all = error == null ? "" : error.status() + " " + error.reason() + " " + message;
        String lower = all.toLowerCase(Locale.ROOT);
        Row row = TABLE.stream()
                .filter(candidate -> candidate.code == ANY || candidate.code == status)
                .filter(candidate -> lower.contains(candidate.fragment))
                .findFirst()
                .orElseGet(() -> other(status));
        String sentence = Sentences.fitting(key, row.sentence)
                .replace("{model}", model)
                .replace("{version}", version)
                .replace("{key}", key.name())
                .replace("{code}", Integer.toString(status))
                .replace("{reason}", message.isBlank() ? "it gave no reason (HTTP " + status + ")." : cut(message));
        Duration delay = error != null && error.retryDelay() != null ? error.retryDelay() : retryAfter;
        return new RestFailure(row.kind, sentence, status, delay, "HTTP " + status + " " + cut(all));
    }

    private static Row other(int status) {
        if (status >= 500) {
            return row(
                    ANY,
                    "",
                    FailureKind.UPSTREAM_UNAVAILABLE,
                    "Gemini is not available now (HTTP {code}). Try again in a moment.");
        }
        return row(
                ANY,
                "",
                FailureKind.UPSTREAM_REFUSED,
                "What answers at the configured address is not the Gemini API (HTTP {code}); "
                        + NetworkFailures.ENDPOINT + ".");
    }

    private static Row row(int code, String fragment, FailureKind kind, String sentence) {
        return new Row(code, fragment, kind, sentence);
    }

    /** Bounded: what others wrote can be long. */
    static String cut(String text) {
        return text.length() > LONGEST_REASON ? text.substring(0, LONGEST_REASON) + "…" : text;
    }
}
