package dev.parley.tools.call;

import dev.parley.tools.Scheduling;
import jakarta.json.JsonObject;

/**
 * What the model gets for a call.
 *
 * @param request the call
 * @param response the result, or {@code {"error": "a sentence"}}
 * @param blocking whether the model waited, if it could
 * @param scheduling when it speaks of it, if it did not
 */
public record ToolAnswer(CallRequest request, JsonObject response, boolean blocking, Scheduling scheduling) {}
