package dev.parley.gemini.failure;

import dev.parley.shared.failure.FailureKind;
import dev.parley.shared.settings.ApiKey;
import java.time.Duration;
import java.util.List;

/** The meaning of a REST request without an answer, and of an answer that cannot be used. */
public final class AnswerFailures {
    private AnswerFailures() {}

    /** The failure for a request that got no answer, or whose answer broke off. */
    public static RestFailure of(Throwable failure, ApiKey key) {
        List<Throwable> chain = NetworkFailures.chain(failure);
        String details = Redaction.without(key.secret(), NetworkFailures.describe(chain));
        return chain.stream()
                .flatMap(cause -> NetworkFailures.of(cause, details).stream())
                .findFirst()
                .or(() -> NetworkFailures.ofProxy(details))
                .map(known -> withoutStatus(known.kind(), known.getMessage(), details))
                .orElseGet(() -> brokenOff(details));
    }

    /** The failure for an answer that ended before its end. */
    public static RestFailure brokenOff(String details) {
        return withoutStatus(
                FailureKind.UPSTREAM_UNAVAILABLE,
                "The connection to Gemini broke before the answer was complete. Try again; if it happens often, check"
                        + " the network of this server.",
                details);
    }

    /** The failure for an upstream that says nothing for too long. */
    public static RestFailure silent(Duration patience) {
        return withoutStatus(
                FailureKind.UPSTREAM_UNAVAILABLE,
                "Gemini said nothing for " + patience.toSeconds() + " seconds. Try again with a shorter recording, or"
                        + " give it more time (parley.gemini.answer-timeout).",
                "no data for " + patience);
    }

    /** The failure while it is not known yet on which address the simulator listens. */
    public static RestFailure simulatorNotReady() {
        return withoutStatus(FailureKind.UPSTREAM_UNAVAILABLE, Sentences.SIMULATOR_NOT_READY, "no address yet");
    }

    /** The failure for an answer that is none of Gemini's. */
    public static RestFailure gibberish(String details) {
        return withoutStatus(
                FailureKind.UPSTREAM_UNAVAILABLE,
                "What Gemini answered could not be read. Try again; if it stays so, " + NetworkFailures.ENDPOINT + ".",
                details);
    }

    /** The failure for a request that the model may not answer. */
    public static RestFailure blocked(String model, String reason) {
        return withoutStatus(
                FailureKind.UPSTREAM_REFUSED,
                "Gemini's rules did not let \"" + model + "\" answer about this recording (" + RestFailures.cut(reason)
                        + ").",
                "blocked: " + RestFailures.cut(reason));
    }

    /** The failure for an uploaded recording that Gemini could not process. */
    public static RestFailure unusable(String reason) {
        return withoutStatus(
                FailureKind.UNSUPPORTED_AUDIO,
                "Gemini could not read the recording" + (reason.isBlank() ? "." : ": " + RestFailures.cut(reason)),
                "file failed: " + RestFailures.cut(reason));
    }

    /** The failure for an uploaded recording that Gemini does not get ready. */
    public static RestFailure notReady(Duration patience) {
        return withoutStatus(
                FailureKind.UPSTREAM_UNAVAILABLE,
                "Gemini did not make the uploaded recording ready within " + patience.toSeconds()
                        + " seconds. Try again later.",
                "file still processing");
    }

    private static RestFailure withoutStatus(FailureKind kind, String sentence, String details) {
        return new RestFailure(kind, sentence, RestFailure.NO_STATUS, null, details);
    }
}
