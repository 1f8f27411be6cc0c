package dev.parley.operations.board;

import dev.parley.conversation.event.ConversationEvent;
import dev.parley.conversation.event.ConversationState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** What is known of one conversation that runs. Guarded by the board's lock. */
final class LiveEntry {
    private static final int MOST_LATENCIES = 24;

    private final String id;
    private final String caller;
    private final Instant openedAt;
    private final Deque<Long> latencies = new ArrayDeque<>();
    private ConversationState state = ConversationState.NEW;
    private Instant stateSince;
    private String why = "connected";
    private String model = "";
    private String key = "";
    private int turns;
    private int handOvers;
    private long tokens;

    LiveEntry(ConversationEvent.Opened opened) {
        id = opened.conversation();
        caller = opened.caller().orElse("");
        openedAt = opened.at();
        stateSince = opened.at();
    }

    ConversationState state() {
        return state;
    }

    void take(ConversationEvent event) {
        if (event instanceof ConversationEvent.StateChanged changed) {
            state = changed.state();
            stateSince = changed.at();
            why = changed.why();
        } else if (event instanceof ConversationEvent.Started started) {
            model = started.model();
            key = started.key();
        } else if (event instanceof ConversationEvent.HandedOver) {
            handOvers++;
        } else if (event instanceof ConversationEvent.TurnTimed timed) {
            turns++;
            timed.firstSound().or(timed::firstAudio).ifPresent(this::add);
        } else if (event instanceof ConversationEvent.Spent spent) {
            tokens += spent.usage().total();
        }
    }

    private void add(Duration latency) {
        if (latencies.size() == MOST_LATENCIES) {
            latencies.remove();
        }
        latencies.add(latency.toMillis());
    }

    ConversationView view(Instant now) {
        return new ConversationView(
                id,
                caller,
                model,
                key,
                state.name(),
                why,
                seconds(openedAt, now),
                seconds(stateSince, now),
                turns,
                handOvers,
                tokens,
                List.copyOf(latencies));
    }

    /** What to remember of it when it went wrong. */
    static Optional<FailureView> failure(ConversationEvent.Ended ended) {
        return switch (ended.kind()) {
            case NORMAL, TIME_LIMIT, DRAINING -> Optional.empty();
            default ->
                Optional.of(new FailureView(
                        ended.at().toString(),
                        ended.conversation(),
                        ended.caller().orElse(""),
                        ended.model(),
                        ended.key(),
                        ended.kind().name(),
                        ended.kind().fault().name(),
                        ended.reason(),
                        ended.duration().toSeconds()));
        };
    }

    private static long seconds(Instant from, Instant to) {
        return Math.max(0, Duration.between(from, to).toSeconds());
    }
}
