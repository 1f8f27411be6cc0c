package dev.parley.tools.call;

/**
 * The model wants a function called.
 *
 * @param id names the call in its answer
 * @param name of the function
 * @param argumentsJson a JSON object
 * @param asker who is to be answered
 */
public record CallRequest(String id, String name, String argumentsJson, Asker asker) {
    /** The model's session, which may forget what it asked for. */
    @FunctionalInterface
    public interface Asker {
        /** Whether it still knows of the call: otherwise an answer is none of its business. */
        boolean knows();
    }
}
