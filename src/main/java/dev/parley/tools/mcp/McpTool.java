package dev.parley.tools.mcp;

import dev.parley.tools.Caller;
import dev.parley.tools.Scheduling;
import dev.parley.tools.ToolException;
import dev.parley.tools.offer.CallContext;
import dev.parley.tools.offer.OfferedTool;
import dev.parley.tools.offer.ToolDescription;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Content;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A tool of another server. */
record McpTool(String nameThere, ToolDescription description, Calling calling) implements OfferedTool {
    /** Of description and schema: each conversation's setup carries them, and the model reads them at every turn. */
    static final int MOST_BYTES = 16 << 10;

    /** The connection to the server. */
    @FunctionalInterface
    interface Calling {
        /**
         * Calls a tool, and blocks.
         *
         * @throws ToolException when the server cannot be reached
         */
        CallToolResult call(CallToolRequest request);
    }

    /**
     * The tool as Parley offers it.
     *
     * @param leftOut told why, when it cannot be offered: the answer is empty then
     */
    static Optional<OfferedTool> of(Tool tool, boolean confirm, Calling calling, Consumer<String> leftOut) {
        String name = tool.name().replaceAll("[^A-Za-z0-9_.:-]", "_");
        if (!ToolDescription.isName(name)) {
            leftOut.accept("its name cannot be a function's");
            return Optional.empty();
        }
        JsonObject schema = schema(tool.inputSchema());
        String description = tool.description() == null ? name : tool.description();
        int bytes = bytes(schema.toString()) + bytes(description);
        if (bytes > MOST_BYTES) {
            leftOut.accept(
                    "its description and schema have " + bytes + " bytes, but only " + MOST_BYTES + " are allowed");
            return Optional.empty();
        }
        return Optional.of(new McpTool(
                tool.name(),
                new ToolDescription(
                        name,
                        title(tool, name),
                        description,
                        schema,
                        confirm,
                        false,
                        Scheduling.WHEN_IDLE,
                        Optional.empty()),
                calling));
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static String title(Tool tool, String name) {
        if (tool.title() != null && !tool.title().isBlank()) {
            return tool.title();
        }
        return tool.annotations() != null && tool.annotations().title() != null
                ? tool.annotations().title()
                : ToolDescription.inWords(name);
    }

    /** As it came, but for the dialect, which the Live API does not know. */
    private static JsonObject schema(@Nullable Map<String, Object> schema) {
        JsonObjectBuilder object = Json.createObjectBuilder(JsonTrees.object(schema == null ? Map.of() : schema));
        object.remove("$schema");
        object.add("type", "object");
        return object.build();
    }

    @Override
    public boolean isFor(Caller caller) {
        return true;
    }

    @Override
    public JsonObject call(JsonObject arguments, CallContext context) {
        CallToolResult result = calling.call(CallToolRequest.builder(nameThere)
                .arguments(JsonTrees.map(arguments))
                .build());
        List<String> texts = new ArrayList<>();
        JsonArrayBuilder others = Json.createArrayBuilder();
        boolean omitted = false;
        for (Content content : result.content() == null ? List.<Content>of() : result.content()) {
            if (content instanceof TextContent text) {
                texts.add(text.text());
            } else {
                others.add(content.type());
                omitted = true;
            }
        }
        String text = String.join("\n", texts);
        if (Boolean.TRUE.equals(result.isError())) {
            throw new ToolException(text.isEmpty() ? "The tool failed without saying why." : text);
        }
        if (result.structuredContent() instanceof Map<?, ?> structured) {
            return JsonTrees.object(structured);
        }
        JsonObjectBuilder response = Json.createObjectBuilder().add("output", text);
        if (omitted) {
            response.add("omitted", others); // the model learns that there was more than it can be given
        }
        return response.build();
    }
}
