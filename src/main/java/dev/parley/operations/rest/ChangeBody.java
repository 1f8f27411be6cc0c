package dev.parley.operations.rest;

import dev.parley.shared.failure.FailureKind;
import dev.parley.shared.failure.ParleyException;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** The body of a request that changes something: a small JSON object, or nothing. */
final class ChangeBody {
    private static final int MOST_BYTES = 16 << 10;

    private final JsonObject json;

    private ChangeBody(JsonObject json) {
        this.json = json;
    }

    static ChangeBody read(InputStream body) throws IOException {
        byte[] bytes = body.readNBytes(MOST_BYTES + 1);
        if (bytes.length > MOST_BYTES) {
            throw new ParleyException(FailureKind.TOO_LARGE, "The body may have " + MOST_BYTES + " bytes at most.");
        }
        String text = new String(bytes, StandardCharsets.UTF_8);
        if (text.isBlank()) {
            return new ChangeBody(JsonObject.EMPTY_JSON_OBJECT);
        }
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            return new ChangeBody(reader.readObject());
        } catch (JsonException | IllegalStateException noObject) {
            throw new ParleyException(FailureKind.BAD_MESSAGE, "The body must be a JSON object.", noObject);
        }
    }

    /** A text; empty when it is not there. */
    String text(String member) {
        JsonValue value = json.getOrDefault(member, JsonValue.NULL);
        if (value instanceof JsonString text) {
            return text.getString();
        }
        if (value == JsonValue.NULL) {
            return "";
        }
        throw new ParleyException(FailureKind.BAD_MESSAGE, "\"" + member + "\" must be a text.");
    }

    /** All members, which must be whole numbers. */
    Map<String, Long> numbers() {
        Map<String, Long> numbers = new LinkedHashMap<>();
        json.forEach((member, value) -> {
            try {
                numbers.put(member, ((JsonNumber) value).longValueExact());
            } catch (ClassCastException | ArithmeticException noWholeNumber) {
                throw new ParleyException(
                        FailureKind.BAD_MESSAGE, "\"" + member + "\" must be a whole number.", noWholeNumber);
            }
        });
        return numbers;
    }
}
