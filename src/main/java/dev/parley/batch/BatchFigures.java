package dev.parley.batch;

import dev.parley.shared.figures.FigureBoard;
import dev.parley.shared.figures.FigureSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** What became of recordings. Any thread. */
@ApplicationScoped
class BatchFigures implements FigureSource {
    private final Map<Outcome, LongAdder> outcomes = new EnumMap<>(Outcome.class);
    private final AtomicInteger running = new AtomicInteger();

    /** How a recording ends. */
    enum Outcome {
        /** Its answer was written. */
        ANSWERED,
        /** Nobody waited for it any more. */
        LEFT,
        /** Its sender was told why not. */
        FAILED,
        /** This server has a fault. */
        BROKEN,
        /** There was no place for it, or the server stops. */
        TURNED_AWAY
    }

    BatchFigures() {
        for (Outcome outcome : Outcome.values()) {
            outcomes.put(outcome, new LongAdder());
        }
    }

    /** One is being worked on, until its {@link #ended}. */
    void begun() {
        running.incrementAndGet();
    }

    void ended(Outcome outcome) {
        running.decrementAndGet();
        count(outcome);
    }

    void turnedAway() {
        count(Outcome.TURNED_AWAY);
    }

    private void count(Outcome outcome) {
        LongAdder counter = outcomes.get(outcome);
        if (counter != null) {
            counter.increment();
        }
    }

    @Override
    public void show(FigureBoard board) {
        outcomes.forEach((outcome, count) -> board.total(
                "batch.recordings",
                "",
                "Recordings by what became of them",
                Map.of("outcome", outcome.name().toLowerCase(Locale.ROOT)),
                count::sum));
        board.level("batch.running", "", "Recordings that are worked on", Map.of(), running::get);
    }
}
