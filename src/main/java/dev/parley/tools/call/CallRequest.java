package dev.parley.tools.call;

/**
 * The model wants a function called.
 *
 * @param id names the call in its answer
 * @param name of the function
 * @param argumentsJson a JSON object
 */
public record CallRequest(String id, String name, String argumentsJson) {}
