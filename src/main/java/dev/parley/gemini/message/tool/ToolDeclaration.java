package dev.parley.gemini.message.tool;

import jakarta.json.JsonObject;
import java.util.List;
import java.util.Optional;

/** Functions that the model may call: an element of {@code setup.tools}. */
public record ToolDeclaration(List<Function> functionDeclarations) {
    /**
     * One of them.
     *
     * @param behavior {@code BLOCKING} or {@code NON_BLOCKING}, for models that can do both
     * @param parametersJsonSchema of the arguments
     */
    public record Function(
            String name, String description, Optional<String> behavior, JsonObject parametersJsonSchema) {}
}
