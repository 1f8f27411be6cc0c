package dev.parley.gemini.failure;

import dev.parley.gemini.live.LiveEvent.Closed;
import dev.parley.gemini.live.LiveRequest;
import dev.parley.shared.failure.FailureKind;
import java.util.List;
import java.util.Locale;

/**
 * The meaning of a close frame that the server sent, or of a connection that broke. The Live API reports every error
 * this way, after a handshake that succeeds whatever the key. Reasons are matched by their fixed parts, in the order
 * of the table, because their texts are cut at 123 bytes and vary.
 */
public final class CloseFailures {
    /**
     * A row.
     *
     * @param code the close code it holds for; {@link #ANY} for all
     * @param fragment part of the reason, lower case; empty matches all
     * @param sentence with {@code {model}}, {@code {version}}, {@code {key}} (the operator's name for it) and
     *     {@code {reason}}
     */
    private record Row(int code, String fragment, FailureKind kind, String sentence) {}

    private static final int ANY = -1;

    private static final List<Row> TABLE = List.of(
            // Quota is temporary and says nothing against the request: the caller waits, as for a slot of our own.
            new Row(ANY, "quota", FailureKind.NO_CAPACITY, Sentences.QUOTA),
            new Row(ANY, "resource_exhausted", FailureKind.NO_CAPACITY, Sentences.QUOTA),
            new Row(ANY, "resource has been exhausted", FailureKind.NO_CAPACITY, Sentences.QUOTA),
            new Row(ANY, "rate limit", FailureKind.NO_CAPACITY, Sentences.QUOTA),
            new Row(ANY, "unregistered callers", FailureKind.UPSTREAM_REFUSED, Sentences.NO_KEY),
            new Row(ANY, "api key", FailureKind.UPSTREAM_REFUSED, Sentences.BAD_KEY),
            new Row(ANY, "api_key", FailureKind.UPSTREAM_REFUSED, Sentences.BAD_KEY),
            new Row(ANY, "permission denied", FailureKind.UPSTREAM_REFUSED, Sentences.BAD_KEY),
            new Row(
                    ANY,
                    "is not supported for bidigeneratecontent",
                    FailureKind.UPSTREAM_REFUSED,
                    Sentences.NO_LIVE_MODEL),
            new Row(ANY, "is not found for api version", FailureKind.UPSTREAM_REFUSED, Sentences.NO_LIVE_MODEL),
            // Vertex AI.
            new Row(ANY, "publisher model", FailureKind.UPSTREAM_REFUSED, Sentences.NO_LIVE_MODEL),
            new Row(ANY, "permission '", FailureKind.UPSTREAM_REFUSED, Sentences.BAD_KEY),
            new Row(ANY, "authentication credential", FailureKind.UPSTREAM_REFUSED, Sentences.BAD_KEY),
            new Row(ANY, "has not been used in project", FailureKind.UPSTREAM_REFUSED, Sentences.API_OFF),
            new Row(ANY, "billing to be enabled", FailureKind.UPSTREAM_REFUSED, Sentences.NO_BILLING),
            new Row(
                    ANY,
                    "media_chunks",
                    FailureKind.UPSTREAM_REFUSED,
                    "The model \"{model}\" does not take mediaChunks any more. Whoever runs this server must set"
                            + " parley.gemini.audio-field=audio."),
            new Row(
                    ANY,
                    "precondition check failed",
                    FailureKind.BAD_MESSAGE,
                    "Gemini ended the conversation because a turn had no audio in it. Speak between the beginning and"
                            + " the end of a turn."),
            new Row(
                    ANY,
                    "session not found",
                    FailureKind.UPSTREAM_UNAVAILABLE,
                    "Gemini does not remember the earlier conversation any more. Start a new one."),
            new Row(
                    ANY,
                    "entity was not found",
                    FailureKind.UPSTREAM_UNAVAILABLE,
                    "Gemini does not remember the earlier conversation any more. Start a new one."),
            new Row(
                    ANY,
                    "goaway",
                    FailureKind.UPSTREAM_UNAVAILABLE,
                    "Gemini ended the connection because its time was over. Start again to go on."),
            new Row(
                    1008,
                    "aborted",
                    FailureKind.UPSTREAM_UNAVAILABLE,
                    "Gemini aborted the conversation. Start again to go on."),
            new Row(
                    1007,
                    "",
                    FailureKind.UPSTREAM_REFUSED,
                    "Gemini did not accept the request to \"{model}\": {reason}"),
            new Row(
                    1008,
                    "",
                    FailureKind.UPSTREAM_REFUSED,
                    "Gemini refused the conversation with \"{model}\": {reason}"),
            new Row(1009, "", FailureKind.TOO_LARGE, "Gemini refused a message because it was too large. Send less."),
            new Row(1011, "", FailureKind.UPSTREAM_UNAVAILABLE, Sentences.OWN_ERROR),
            new Row(
                    1006,
                    "",
                    FailureKind.UPSTREAM_UNAVAILABLE,
                    "The connection to Gemini broke. Try again; if it happens often, check the network of this"
                            + " server."),
            new Row(
                    ANY,
                    "",
                    FailureKind.UPSTREAM_UNAVAILABLE,
                    "Gemini ended the conversation without saying why. Try again in a moment."));

    private CloseFailures() {}

    /**
     * The failure for a close.
     *
     * @param code as seen, 1006 without a close frame
     * @param reason as seen; the key is taken out of it
     */
    public static Closed of(int code, String reason, LiveRequest request, String version) {
        String clean = Redaction.without(request.key().secret(), reason);
        String lower = clean.toLowerCase(Locale.ROOT);
        Row row = TABLE.stream()
                .filter(candidate -> candidate.code == ANY || candidate.code == code)
                .filter(candidate -> lower.contains(candidate.fragment))
                .findFirst()
                .orElseThrow();
        String sentence = Sentences.fitting(request.key(), row.sentence)
                .replace("{model}", request.model())
                .replace("{version}", version)
                .replace("{key}", request.key().name())
                .replace("{reason}", clean.isBlank() ? "it gave no reason (code " + code + ")" : clean);
        return new Closed(row.kind, sentence, code, clean);
    }
}
