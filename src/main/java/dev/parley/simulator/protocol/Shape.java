package dev.parley.simulator.protocol;

import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.JsonValue.ValueType;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What one place of a client message may hold, read as proto3 JSON: names in lowerCamelCase or snake_case at every
 * depth, null as absent, 64-bit numbers as number or string. Reading yields the value with camelCase names, or the
 * {@link Refusal} that Google closes with. What lies under {@link #ANY} is the user's data and stays as it is.
 */
public final class Shape {
    /** Anything, untouched. */
    static final Shape ANY = new Shape("", Map.of());

    /** A text; bytes are a text here. */
    static final Shape TEXT = new Shape("TYPE_STRING", Map.of());

    /** A number, or a text of one. */
    static final Shape NUMBER = new Shape("TYPE_INT64", Map.of());

    /** True or false. */
    static final Shape FLAG = new Shape("TYPE_BOOL", Map.of());

    private static final int SHOWN_VALUE_LENGTH = 40;

    /** Protobuf's name of a plain type; "list", "object" and "enum" for the others, empty for anything. */
    private final String type;

    private final Map<String, Shape> fields;
    private final Shape element;
    private final Set<String> words;

    private Shape(String type, Map<String, Shape> fields) {
        this.type = type;
        this.fields = fields;
        this.element = this;
        this.words = Set.of();
    }

    private Shape(String type, Shape element, Set<String> words) {
        this.type = type;
        this.fields = Map.of();
        this.element = element;
        this.words = words;
    }

    /** An object with these fields, {@code name, shape, name, shape, …} in camelCase. */
    static Shape object(Object... namesAndShapes) {
        Map<String, Shape> fields = new LinkedHashMap<>();
        for (int i = 0; i < namesAndShapes.length; i += 2) {
            fields.put((String) namesAndShapes[i], (Shape) namesAndShapes[i + 1]);
        }
        return new Shape("object", fields);
    }

    /** This object with more fields. */
    Shape with(Object... namesAndShapes) {
        Map<String, Shape> all = new LinkedHashMap<>(fields);
        all.putAll(object(namesAndShapes).fields);
        return new Shape("object", all);
    }

    /** A list of such elements. */
    static Shape listOf(Shape element) {
        return new Shape("list", element, Set.of());
    }

    /** One of these words, in upper or lower case; read in upper case. */
    static Shape oneOf(String... words) {
        return new Shape("enum", ANY, Set.of(words));
    }

    /** The object's field; ANY when there is none. */
    Shape field(String name) {
        return fields.getOrDefault(name, ANY);
    }

    /** Reads {@code value}, found at {@code path} (snake_case, as Google shows it). */
    public JsonValue read(JsonValue value, String path) {
        return switch (type) {
            case "" -> value;
            case "object" -> readObject(value, path);
            case "list" -> readList(value, path);
            case "enum" -> readWord(value, path);
            default -> {
                if (!holds(value)) {
                    throw invalid(path, value);
                }
                yield value;
            }
        };
    }

    private JsonValue readObject(JsonValue value, String path) {
        if (!(value instanceof JsonObject object)) {
            throw invalid(path, value);
        }
        JsonObjectBuilder read = LiveJson.object();
        for (Map.Entry<String, JsonValue> entry : object.entrySet()) {
            String name = camel(entry.getKey());
            Shape shape = fields.get(name);
            if (shape == null) {
                throw Refusal.unknownName(entry.getKey(), path);
            }
            if (entry.getValue().getValueType() != ValueType.NULL) {
                read.add(name, shape.read(entry.getValue(), path.isEmpty() ? snake(name) : path + "." + snake(name)));
            }
        }
        return read.build();
    }

    private JsonValue readList(JsonValue value, String path) {
        if (!(value instanceof JsonArray array)) {
            throw invalid(path, value);
        }
        JsonArrayBuilder read = LiveJson.array();
        for (int i = 0; i < array.size(); i++) {
            read.add(element.read(array.get(i), path + "[" + i + "]"));
        }
        return read.build();
    }

    private JsonValue readWord(JsonValue value, String path) {
        if (value instanceof JsonString text) {
            String word = text.getString().toUpperCase(Locale.ROOT);
            if (words.contains(word)) {
                return LiveJson.text(word);
            }
        }
        throw invalid(path, value);
    }

    private boolean holds(JsonValue value) {
        ValueType given = value.getValueType();
        return switch (type) {
            case "TYPE_STRING" -> given == ValueType.STRING;
            case "TYPE_BOOL" -> given == ValueType.TRUE || given == ValueType.FALSE;
            default ->
                given == ValueType.NUMBER
                        || (value instanceof JsonString text && text.getString().matches("-?\\d{1,18}"));
        };
    }

    private Refusal invalid(String path, JsonValue value) {
        String shown = value instanceof JsonArray || value instanceof JsonObject ? "a " + value.getValueType() : "";
        if (shown.isEmpty()) {
            shown = value.toString();
            shown = shown.length() > SHOWN_VALUE_LENGTH ? shown.substring(0, SHOWN_VALUE_LENGTH) : shown;
        }
        return Refusal.invalidValue(path.isEmpty() ? "message" : path, type, shown);
    }

    /** {@code voice_config} → {@code voiceConfig}; other spellings stay. */
    static String camel(String name) {
        if (name.indexOf('_') < 0) {
            return name;
        }
        StringBuilder camel = new StringBuilder(name.length());
        boolean raise = false;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '_' && i > 0) {
                raise = true;
            } else {
                camel.append(raise ? Character.toUpperCase(c) : c);
                raise = false;
            }
        }
        return camel.toString();
    }

    private static String snake(String name) {
        StringBuilder snake = new StringBuilder(name.length() + 4);
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (Character.isUpperCase(c)) {
                snake.append('_');
            }
            snake.append(Character.toLowerCase(c));
        }
        return snake.toString();
    }
}
