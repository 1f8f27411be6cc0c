package dev.parley.gemini.message;

import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;

/** Client messages to text, through one JSON-B instance (thread safe, Jakarta JSON Binding 3.0 §3.1). Any thread. */
public final class MessageJson {
    private static final Jsonb JSONB = JsonbBuilder.create();

    private MessageJson() {}

    /** A client message as JSON; absent members are left out. */
    public static String write(Record message) {
        return JSONB.toJson(message);
    }
}
