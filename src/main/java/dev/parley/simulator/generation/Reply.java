package dev.parley.simulator.generation;

import dev.parley.simulator.fault.GoogleError;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.List;

/**
 * A response.
 *
 * @param status of HTTP
 * @param contentType with its charset
 * @param pieces in their order
 */
public record Reply(int status, String contentType, List<Piece> pieces) {
    /**
     * Some of its bytes.
     *
     * @param after how long after the piece before, or after the request
     * @param bytes to be sent at once
     */
    @SuppressWarnings("ArrayRecordComponent") // a carrier that is never compared
    public record Piece(Duration after, byte[] bytes) {}

    /** One object, at once. */
    public static Reply json(int status, JsonObject body) {
        return of(Framing.WHOLE, status, Duration.ZERO, body);
    }

    /** An error; a stream's list holds it as its only element, and events were not begun yet (observed at Google). */
    public static Reply error(Framing framing, GoogleError error, Duration after) {
        Framing used = framing == Framing.LIST ? Framing.LIST : Framing.WHOLE;
        return of(used, error.code(), after, error.toJson());
    }

    private static Reply of(Framing framing, int status, Duration after, JsonObject body) {
        return new Reply(
                status,
                framing.contentType(),
                framing.frame(List.of(body)).stream()
                        .map(bytes -> new Piece(after, bytes))
                        .toList());
    }
}
