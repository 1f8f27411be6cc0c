package dev.parley.gemini.message.tool;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.Optional;

/** What the model may use beside its own knowledge: an element of {@code setup.tools}. */
public record ToolDeclaration(Optional<JsonObject> googleSearch) {
    /** Google Search, whose pages are told in {@code serverContent.groundingMetadata}. */
    public static final ToolDeclaration GOOGLE_SEARCH = new ToolDeclaration(Optional.of(JsonValue.EMPTY_JSON_OBJECT));
}
