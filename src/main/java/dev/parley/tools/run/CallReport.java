package dev.parley.tools.run;

import jakarta.json.Json;
import jakarta.json.JsonObject;

/**
 * What happened to a call on another thread; to be handed to {@code ToolCalls.take} in the mailbox.
 *
 * @param call its number
 * @param kind what happened
 * @param response what the model gets, when it is over
 */
public record CallReport(long call, Kind kind, JsonObject response) {
    /** What can happen. */
    public enum Kind {
        /** It has a result; its thread is free again. */
        RESULT,
        /** It failed; its thread is free again. */
        FAILURE,
        /** Its time is over; it may still run. */
        OVERDUE,
        /** The person did not decide in time. */
        UNDECIDED
    }

    static CallReport failure(long call, String message) {
        return new CallReport(call, Kind.FAILURE, error(message));
    }

    /** A report without a response. */
    public static CallReport of(long call, Kind kind) {
        return new CallReport(call, kind, JsonObject.EMPTY_JSON_OBJECT);
    }

    /** As the model is told of a failure. */
    public static JsonObject error(String message) {
        return Json.createObjectBuilder().add("error", message).build();
    }
}
