package dev.parley.gemini.failure;

import dev.parley.gemini.message.ServerMessage;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What Google says of a failed request: {@code {"error":{code,message,status,details[]}}} (google.rpc.Status, AIP-193).
 *
 * @param code the HTTP status as the body tells it, 0 when it does not
 * @param status such as {@code RESOURCE_EXHAUSTED}; empty when absent
 * @param reason of {@code ErrorInfo}, such as {@code API_KEY_INVALID}; empty when absent
 * @param retryDelay of {@code RetryInfo}; null when absent
 */
public record GoogleError(
        int code,
        String status,
        String message,
        String reason,
        @Nullable Duration retryDelay) {
    /** The error in a message; empty when the message is no error. */
    public static Optional<GoogleError> in(ServerMessage message) {
        if (!message.has("error")) {
            return Optional.empty();
        }
        ServerMessage error = message.object("error");
        String reason = "";
        Duration delay = null;
        for (ServerMessage detail : error.objects("details").toList()) {
            reason = reason.isEmpty() ? detail.text("reason").orElse("") : reason;
            delay = delay == null ? detail.duration("retryDelay").orElse(null) : delay;
        }
        return Optional.of(new GoogleError(
                (int) Math.max(0, Math.min(999, error.number("code").orElse(0))),
                error.text("status").orElse(""),
                error.text("message").orElse(""),
                reason,
                delay));
    }
}
