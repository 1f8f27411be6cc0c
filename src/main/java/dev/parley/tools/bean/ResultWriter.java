package dev.parley.tools.bean;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonValue;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import java.io.StringReader;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What a method returns, as the JSON object that goes to the model. Any thread. */
final class ResultWriter {
    private static final Jsonb JSONB = JsonbBuilder.create();
    private static final JsonReaderFactory READERS = Json.createReaderFactory(Map.of());

    /** A model that gets nothing calls again; told that it is done, it does not. */
    private static final JsonObject DONE =
            Json.createObjectBuilder().add("status", "done").build();

    private static final JsonObject NOTHING = Json.createObjectBuilder()
            .add("output", JsonValue.NULL)
            .add("status", "nothing found")
            .build();

    private ResultWriter() {}

    /**
     * The result as an object.
     *
     * @param declared the method's return type
     * @throws Exception what a {@link CompletionStage} failed with, or an interrupt while waiting for it
     */
    static JsonObject write(@Nullable Object result, Class<?> declared) throws Exception {
        if (declared == void.class || declared == Void.class) {
            return DONE;
        }
        Object value = result;
        if (value instanceof CompletionStage<?> later) {
            value = later.toCompletableFuture().get();
        }
        if (value instanceof Optional<?> optional) {
            value = optional.orElse(null);
        }
        if (value == null) {
            return NOTHING;
        }
        JsonValue json = value instanceof JsonValue already ? already : read(value);
        return json instanceof JsonObject object
                ? object
                : Json.createObjectBuilder().add("output", json).build();
    }

    private static JsonValue read(Object value) {
        if (value instanceof CharSequence || value instanceof Character || value instanceof Enum<?>) {
            return Json.createValue(value.toString());
        }
        try (JsonReader reader = READERS.createReader(new StringReader(JSONB.toJson(value)))) {
            return reader.readValue();
        }
    }
}
