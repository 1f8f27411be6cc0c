package dev.parley.gemini.live;

import jakarta.json.Json;
import jakarta.json.JsonObject;

/**
 * A function that the model may call.
 *
 * @param name as calls name it
 * @param description for the model
 * @param schema JSON Schema of the arguments, an object
 * @param blocking whether the model waits for the answer, where it can do both
 */
public record LiveFunction(String name, String description, JsonObject schema, boolean blocking) {
    /** When the model speaks of an answer that it did not wait for. */
    public enum When {
        /** When nobody speaks. */
        WHEN_IDLE,
        /** At once. */
        INTERRUPT,
        /** Not by itself. */
        SILENT
    }

    /**
     * The answer to a call.
     *
     * @param id of the call
     * @param name of the function
     * @param response the result, or what went wrong under {@code error}
     * @param when for models that can choose
     */
    public record Answer(String id, String name, JsonObject response, When when) {
        /** The short answer to the same call that says that this one could not be sent. */
        public Answer lost() {
            return new Answer(
                    id,
                    name,
                    Json.createObjectBuilder()
                            .add("error", "The result is lost: too much waited to be sent. Call again.")
                            .build(),
                    when);
        }
    }
}
