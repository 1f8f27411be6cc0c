package dev.parley.gemini.rest.http;

import dev.parley.gemini.failure.GoogleError;
import dev.parley.gemini.failure.RestFailure;
import dev.parley.gemini.failure.RestFailures;
import dev.parley.gemini.message.ServerMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Answers that are no success. */
final class Refusals {
    private static final int MOST_ERROR_BYTES = 256 << 10;
    private static final int LONGEST_RETRY_SECONDS = 86_400;

    private Refusals() {}

    static RestFailure read(Call call, Reply reply, String version) throws IOException {
        String text = new String(reply.body().readNBytes(MOST_ERROR_BYTES), StandardCharsets.UTF_8);
        GoogleError error = ServerMessage.readAll(text).stream()
                .flatMap(message -> GoogleError.in(message).stream())
                .findFirst()
                .orElse(null);
        Duration retryAfter = reply.headers()
                .firstValue("Retry-After")
                .filter(seconds -> seconds.matches("\\d{1,6}"))
                .map(seconds -> Duration.ofSeconds(Math.min(LONGEST_RETRY_SECONDS, Long.parseLong(seconds))))
                .orElse(null);
        return RestFailures.of(reply.status(), error, retryAfter, call.key(), call.model(), version);
    }
}
