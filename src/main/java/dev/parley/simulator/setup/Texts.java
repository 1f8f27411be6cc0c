package dev.parley.simulator.setup;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Words in a Content. */
public final class Texts {
    private Texts() {}

    /** The text of a Content, or of a plain string in its place; its parts joined by line ends. */
    public static String of(@Nullable JsonValue content) {
        if (content instanceof JsonString text) {
            return text.getString();
        }
        if (content instanceof JsonObject object && object.get("parts") instanceof JsonArray parts) {
            return parts.stream()
                    .filter(part -> part instanceof JsonObject holder && holder.get("text") instanceof JsonString)
                    .map(part -> part.asJsonObject().getString("text"))
                    .collect(Collectors.joining("\n"));
        }
        return "";
    }
}
