package dev.parley.media.worker.pool;

/** How a worker's recording ended. */
public enum WorkerOutcome {
    /** Everything was decoded. */
    DONE,
    /** The worker said that it cannot decode this. */
    REFUSED,
    /** Its owner wanted no more. */
    CALLED_OFF,
    /** It died, as Humble Video does on some input. */
    DIED,
    /** It took too much time, or gave no answer. */
    TIMED_OUT,
    /** It gave more audio than such a recording can hold. */
    FLOODED,
    /** It never became ready. */
    NOT_STARTED
}
