package dev.parley.tools;

/** When the model speaks of a result that it did not wait for (Live API, {@code FunctionResponse.scheduling}). */
public enum Scheduling {
    /** When nobody speaks. */
    WHEN_IDLE,
    /** At once, cutting what it is saying. */
    INTERRUPT,
    /** Not by itself; it knows the result from then on. */
    SILENT
}
