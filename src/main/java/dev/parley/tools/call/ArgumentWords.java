package dev.parley.tools.call;

import dev.parley.tools.offer.ToolDescription;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Arguments as a person reads them before allowing a call: whole, or said to be cut. */
final class ArgumentWords {
    /** More than anybody reads before pressing a button. */
    private static final int MOST_CHARS = 1000;

    /** What could change how the rest of a line is read: controls, line ends, marks and overrides of direction. */
    private static final Pattern UNSEEN =
            Pattern.compile("[\\p{Cc}\\u2028\\u2029\\u061C\\u200E\\u200F\\u202A-\\u202E\\u2066-\\u2069]+");

    /** What stands between two arguments; a value that has it could pass for two. */
    private static final Pattern LIKE_TWO = Pattern.compile("[,:;] ");

    private static final String CUT = "… (too long to be shown whole)";

    private ArgumentWords() {}

    /** Such as {@code amount: 12.50, to: Anna}; empty without arguments. */
    static String of(JsonObject arguments) {
        String words = words(arguments);
        return words.length() <= MOST_CHARS ? words : words.substring(0, MOST_CHARS) + CUT;
    }

    private static String words(JsonObject object) {
        return object.entrySet().stream()
                .map(entry -> plain(ToolDescription.inWords(entry.getKey())) + ": " + nested(entry.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static String nested(JsonValue value) {
        if (value instanceof JsonString text) {
            return plain(text.getString());
        }
        if (value instanceof JsonArray list) {
            return list.stream().map(ArgumentWords::nested).collect(Collectors.joining("; "));
        }
        return value instanceof JsonObject object ? "(" + words(object) + ")" : value.toString();
    }

    private static String plain(String text) {
        String seen = UNSEEN.matcher(text).replaceAll(" ");
        return LIKE_TWO.matcher(seen).find() ? Json.createValue(seen).toString() : seen;
    }
}
