package dev.parley.simulator.protocol;

import jakarta.json.JsonObject;
import java.util.Map;

/**
 * One client message, validated, with camelCase names.
 *
 * @param kind which member of the union it is
 * @param body the member's object
 */
public record ClientMessage(Kind kind, JsonObject body) {
    /** The members of the union. */
    public enum Kind {
        /** Must come first, and once. */
        SETUP("setup"),
        /** Ordered turns. */
        CLIENT_CONTENT("clientContent"),
        /** Audio, pictures, text and activity as they happen. */
        REALTIME_INPUT("realtimeInput"),
        /** What called functions answered. */
        TOOL_RESPONSE("toolResponse"),
        /** A new instruction or other tools while the session runs. */
        CONTEXT_UPDATE("contextUpdate");

        private final String field;

        Kind(String field) {
            this.field = field;
        }
    }

    /** Which of Google's two services is spoken to: a few fields exist on one only. */
    public enum Dialect {
        /** generativelanguage.googleapis.com. */
        DEVELOPER,
        /** aiplatform.googleapis.com. */
        VERTEX
    }

    private static final Map<Dialect, Shape> SHAPES =
            Map.of(Dialect.DEVELOPER, ClientShapes.developer(), Dialect.VERTEX, ClientShapes.vertex());

    /**
     * Reads a frame.
     *
     * @throws Refusal with what Google closes with when the frame is no such message
     */
    public static ClientMessage read(String frame, Dialect dialect) {
        JsonObject message =
                (JsonObject) SHAPES.getOrDefault(dialect, Shape.ANY).read(LiveJson.read(frame), "");
        if (message.size() != 1) {
            throw WireFault.INVALID_ARGUMENT.refusal();
        }
        for (Kind kind : Kind.values()) {
            if (message.containsKey(kind.field)) {
                return new ClientMessage(kind, message.getJsonObject(kind.field));
            }
        }
        throw WireFault.INVALID_ARGUMENT.refusal();
    }
}
