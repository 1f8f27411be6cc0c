package dev.parley.gemini.message;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonString;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A message of the server, or an object inside one, read leniently: a member of another type than asked for counts as
 * absent, so that one odd field never costs the rest. Immutable; any thread.
 *
 * <p>Not bound by JSON-B: Yasson 3.0.4 on Parsson 1.1.7 loops for ever when a frame ends inside a member that no record
 * knows, and what a server sends must never hold a thread. Reading the tree takes as long (8 µs for 40 ms of audio).
 */
public final class ServerMessage {
    private static final JsonReaderFactory READERS = Json.createReaderFactory(Map.of());
    private static final ServerMessage ABSENT = new ServerMessage(JsonValue.EMPTY_JSON_OBJECT);

    /** What no 64-bit integer needs; a longer number is not worth its arithmetic. */
    private static final int LONGEST_NUMBER = 24;

    private static final Pattern DURATION = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)s");

    private final JsonObject members;

    private ServerMessage(JsonObject members) {
        this.members = members;
    }

    /** A frame's text as a message; empty when it is not one JSON object. Never throws. */
    public static Optional<ServerMessage> read(String frame) {
        try (JsonReader reader = READERS.createReader(new StringReader(frame))) {
            return Optional.of(new ServerMessage(reader.readObject()));
        } catch (RuntimeException | StackOverflowError unreadable) {
            // Parsers report too deep nesting by a plain RuntimeException, or not at all.
            return Optional.empty();
        }
    }

    /** The messages of a text: one object, or an array of objects; empty when it is neither. Never throws. */
    public static List<ServerMessage> readAll(String text) {
        try (JsonReader reader = READERS.createReader(new StringReader(text))) {
            JsonStructure structure = reader.read();
            return structure instanceof JsonObject object
                    ? List.of(new ServerMessage(object))
                    : structure.asJsonArray().stream()
                            .filter(JsonObject.class::isInstance)
                            .map(value -> new ServerMessage((JsonObject) value))
                            .toList();
        } catch (RuntimeException | StackOverflowError unreadable) {
            return List.of();
        }
    }

    /** Whether it has no members at all: servers send such frames, and mean nothing. */
    public boolean isEmpty() {
        return members.isEmpty();
    }

    /** Whether the member is there and not null. */
    public boolean has(String name) {
        JsonValue value = members.get(name);
        return value != null && value != JsonValue.NULL;
    }

    /** Whether one of the members is there. */
    public boolean hasAnyOf(List<String> names) {
        return names.stream().anyMatch(this::has);
    }

    /** The object; one without members when absent. */
    public ServerMessage object(String name) {
        return members.get(name) instanceof JsonObject object ? new ServerMessage(object) : ABSENT;
    }

    /** The objects of the array, in order; whatever else is in it is left out. */
    public Stream<ServerMessage> objects(String name) {
        return values(name).filter(JsonObject.class::isInstance).map(value -> new ServerMessage((JsonObject) value));
    }

    /** The texts of the array, in order. */
    public Stream<String> texts(String name) {
        return values(name).filter(JsonString.class::isInstance).map(value -> ((JsonString) value).getString());
    }

    /** The text, when there is one and it is not empty. */
    public Optional<String> text(String name) {
        return members.get(name) instanceof JsonString text && !text.getString().isEmpty()
                ? Optional.of(text.getString())
                : Optional.empty();
    }

    /** Whether the member is {@code true}. */
    public boolean flag(String name) {
        return members.get(name) == JsonValue.TRUE;
    }

    /** A 64-bit integer, which proto3 JSON may write as a string or as a number. */
    public OptionalLong number(String name) {
        JsonValue value = members.get(name);
        String digits = value instanceof JsonString text
                ? text.getString()
                : value instanceof JsonNumber ? value.toString() : "";
        if (digits.isEmpty() || digits.length() > LONGEST_NUMBER) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Long.parseLong(digits));
        } catch (NumberFormatException notPlain) {
            return value instanceof JsonNumber
                    ? OptionalLong.of((long) Double.parseDouble(digits))
                    : OptionalLong.empty();
        }
    }

    /** A proto Duration: seconds with up to nine decimals and an {@code s}; empty when it is none. */
    public Optional<Duration> duration(String name) {
        Matcher seconds = DURATION.matcher(text(name).orElse(""));
        return seconds.matches()
                ? Optional.of(Duration.ofNanos(
                        new BigDecimal(seconds.group(1)).movePointRight(9).longValue()))
                : Optional.empty();
    }

    /** The member as JSON text, as it came; {@code {}} when it is not an object. */
    public String json(String name) {
        return object(name).members.toString();
    }

    private Stream<JsonValue> values(String name) {
        return members.get(name) instanceof JsonArray array ? array.stream() : Stream.empty();
    }
}
