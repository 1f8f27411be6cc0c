package dev.parley.tools.type;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;

/** A Java type as JSON: what the model is told, and how a value is read. */
interface ValueType {
    /** JSON Schema (draft 2020-12) of the values. */
    JsonObject schema();

    /**
     * The Java value; never null.
     *
     * @param where names the value in messages, such as {@code guests[2].name}
     * @throws ArgumentException when the value does not fit
     */
    Object read(JsonValue value, String where);
}
