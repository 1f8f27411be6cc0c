package dev.parley.tools.run;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;

/** How calls of tools ended, on this node. Any thread. */
public final class CallCounters {
    /** Every way to end, as it is counted. */
    public enum End {
        /** It has a result. */
        DONE,
        /** It has none. */
        FAILED,
        /** The person did not allow it. */
        REFUSED,
        /** The model does not want it any more. */
        CANCELLED,
        /** There is no such tool, its arguments are no good, or too many are under way. */
        TURNED_AWAY
    }

    private final Map<End, LongAdder> ends = new TreeMap<>();

    CallCounters() {
        for (End end : End.values()) {
            ends.put(end, new LongAdder());
        }
    }

    /** One more ended so. */
    public void count(End end) {
        LongAdder counter = ends.get(end);
        if (counter != null) {
            counter.increment();
        }
    }

    /** How many ended so. */
    public long total(End end) {
        LongAdder counter = ends.get(end);
        return counter == null ? 0 : counter.sum();
    }
}
