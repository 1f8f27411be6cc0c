package dev.parley.simulator.protocol;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.io.StringReader;
import java.util.Map;

/** JSON-P with one provider, looked up once: the API's own short cuts search the class path at every call. */
public final class LiveJson {
    /** Protobuf refuses deeper messages as well. */
    private static final int MAX_DEPTH = 100;
    /** A parsed element takes some fifty times the bytes of its text. */
    private static final int MAX_ELEMENTS = 100_000;

    private static final JsonProvider PROVIDER = JsonProvider.provider();
    private static final JsonReaderFactory READERS = PROVIDER.createReaderFactory(Map.of());

    private LiveJson() {}

    /** Reads one object; anything else is a {@link Refusal}. */
    public static JsonObject read(String text) {
        refuseBulk(text);
        try (JsonReader reader = READERS.createReader(new StringReader(text))) {
            if (reader.readValue() instanceof JsonObject object) {
                return object;
            }
        } catch (JsonException | IllegalStateException | NumberFormatException failure) {
            throw new Refusal(1007, "Invalid JSON payload received. Unexpected token.");
        }
        throw new Refusal(1007, "Invalid JSON payload received. Unexpected token.");
    }

    /** A number however it was written; the default when absent. */
    public static double number(JsonObject object, String name, double absent) {
        JsonValue value = object.get(name);
        if (value instanceof JsonNumber number) {
            return number.doubleValue();
        }
        return value instanceof JsonString text ? Double.parseDouble(text.getString()) : absent;
    }

    /** The inner object; an empty one when absent. */
    public static JsonObject inner(JsonObject object, String name) {
        return object.get(name) instanceof JsonObject inner ? inner : JsonValue.EMPTY_JSON_OBJECT;
    }

    /** Starts an object. */
    public static JsonObjectBuilder object() {
        return PROVIDER.createObjectBuilder();
    }

    /** Starts an array. */
    public static JsonArrayBuilder array() {
        return PROVIDER.createArrayBuilder();
    }

    /** A text value; its {@code toString()} is quoted JSON. */
    public static JsonString text(String value) {
        return PROVIDER.createValue(value);
    }

    /** Parsers recurse and keep everything: what is nested or listed without end is refused before they see it. */
    private static void refuseBulk(String text) {
        int depth = 0;
        int elements = 0;
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted) {
                if (c == '\\') {
                    i++;
                } else if (c == '"') {
                    quoted = false;
                }
            } else if (c == '"') {
                quoted = true;
            } else if (c == '{' || c == '[') {
                depth++;
                if (depth > MAX_DEPTH) {
                    throw new Refusal(1007, "Invalid JSON payload received. Message too deep.");
                }
            } else if (c == '}' || c == ']') {
                depth--;
            } else if (c == ',') {
                elements++;
                if (elements > MAX_ELEMENTS) {
                    throw new Refusal(1007, "Invalid JSON payload received. Too many elements.");
                }
            }
        }
    }
}
