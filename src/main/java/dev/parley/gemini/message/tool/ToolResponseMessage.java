package dev.parley.gemini.message.tool;

import jakarta.json.JsonObject;
import java.util.List;
import java.util.Optional;

/** Answers to calls of functions. */
public record ToolResponseMessage(ToolResponse toolResponse) {
    /** The answers; each call is answered once. */
    public record ToolResponse(List<FunctionResponse> functionResponses) {}

    /**
     * One of them.
     *
     * @param id of the call; empty where the server gave none
     * @param response any object
     * @param scheduling {@code WHEN_IDLE}, {@code INTERRUPT} or {@code SILENT}; empty for models that do not know it
     */
    public record FunctionResponse(
            Optional<String> id, String name, JsonObject response, Optional<String> scheduling) {}

    /** A message with one answer. */
    public static ToolResponseMessage of(FunctionResponse response) {
        return new ToolResponseMessage(new ToolResponse(List.of(response)));
    }
}
