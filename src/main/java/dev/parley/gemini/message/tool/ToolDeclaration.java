package dev.parley.gemini.message.tool;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Optional;

/** What the model may use beside its own knowledge: an element of {@code setup.tools}, of one kind each. */
public record ToolDeclaration(Optional<List<Function>> functionDeclarations, Optional<JsonObject> googleSearch) {
    /** Google Search, whose pages are told in {@code serverContent.groundingMetadata}. */
    public static final ToolDeclaration GOOGLE_SEARCH =
            new ToolDeclaration(Optional.empty(), Optional.of(JsonValue.EMPTY_JSON_OBJECT));

    /** Functions that it may call. */
    public static ToolDeclaration ofFunctions(List<Function> functions) {
        return new ToolDeclaration(Optional.of(functions), Optional.empty());
    }

    /**
     * One of them.
     *
     * @param behavior {@code BLOCKING} or {@code NON_BLOCKING}, for models that can do both
     * @param parametersJsonSchema of the arguments
     */
    public record Function(
            String name, String description, Optional<String> behavior, JsonObject parametersJsonSchema) {}
}
