package dev.parley.media.worker.pool;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What became of the recordings given to workers; for metrics. Any thread. */
@ApplicationScoped
public class WorkerCounters {
    private final Map<WorkerOutcome, LongAdder> outcomes = new EnumMap<>(WorkerOutcome.class);
    private final LongAdder turnedAway = new LongAdder();

    /** All zero. */
    public WorkerCounters() {
        for (WorkerOutcome outcome : WorkerOutcome.values()) {
            outcomes.put(outcome, new LongAdder());
        }
    }

    void count(WorkerOutcome outcome) {
        counter(outcome).increment();
    }

    void countTurnedAway() {
        turnedAway.increment();
    }

    /** Recordings that ended so. */
    public long total(WorkerOutcome outcome) {
        return counter(outcome).sum();
    }

    /** Recordings for which no worker was free. */
    public long turnedAway() {
        return turnedAway.sum();
    }

    private LongAdder counter(WorkerOutcome outcome) {
        return outcomes.getOrDefault(outcome, turnedAway);
    }
}
