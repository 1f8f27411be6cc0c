package dev.parley.simulator.setup;

import dev.parley.simulator.protocol.LiveModel;
import dev.parley.simulator.protocol.LiveModel.Trait;
import dev.parley.simulator.setup.SessionSetup.Function;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads declared tools, and refuses those that the model does not have. */
public final class FunctionReader {
    private static final int MAX_FUNCTIONS = 512;
    private static final List<String> OLDER_MODELS_ONLY = List.of("codeExecution", "urlContext");
    private static final List<String> NOT_IN_LIVE = List.of("googleMaps", "fileSearch", "computerUse");

    private FunctionReader() {}

    /** The functions of all tools by name, in their order. */
    public static Map<String, Function> read(JsonArray tools, LiveModel model) {
        Map<String, Function> functions = new LinkedHashMap<>();
        for (JsonObject tool : tools.getValuesAs(JsonObject.class)) {
            SetupReader.require(NOT_IN_LIVE.stream().noneMatch(tool::containsKey));
            SetupReader.require(
                    model.is(Trait.BUILT_IN_TOOLS) || OLDER_MODELS_ONLY.stream().noneMatch(tool::containsKey));
            JsonArray declarations = tool.getJsonArray("functionDeclarations");
            if (declarations != null) {
                for (JsonObject declaration : declarations.getValuesAs(JsonObject.class)) {
                    Function function = function(declaration, model);
                    functions.put(function.name(), function);
                }
            }
        }
        SetupReader.require(functions.size() <= MAX_FUNCTIONS);
        return functions;
    }

    private static Function function(JsonObject declaration, LiveModel model) {
        String name = declaration.getString("name", "");
        SetupReader.require(name.matches("[A-Za-z_][A-Za-z0-9_.:-]{0,127}"));
        SetupReader.require(
                !(declaration.containsKey("parameters") && declaration.containsKey("parametersJsonSchema")));
        String behavior = declaration.getString("behavior", "");
        boolean blocking =
                behavior.equals("BLOCKING") || (!behavior.equals("NON_BLOCKING") && !model.is(Trait.ASYNC_TOOLS));
        SetupReader.require(!(blocking && model.is(Trait.INTERACTION_STATUS)));
        return new Function(name, blocking);
    }
}
