package dev.parley.operations.board;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.parley.conversation.event.ConversationEvent;
import dev.parley.conversation.event.ConversationState;
import dev.parley.operations.board.KeyEvidence.Health;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The conversations that run, the last failures and what was seen of each key. Beyond {@value #MOST_LIVE} conversations the
 * latest are not shown; beyond {@value #MOST_FAILURES} failures the oldest are forgotten. Thread safe; never waits.
 */
@ApplicationScoped
public class Board {
    static final int MOST_LIVE = 5_000;
    static final int MOST_FAILURES = 50;

    /** Google counts what is spent by the minute. */
    private static final Duration QUOTA_PAUSE = Duration.ofMinutes(1);

    private final Clock clock;
    private final Object lock = new Object();

    /** In the order they came. */
    @GuardedBy("lock")
    private final Map<String, LiveEntry> live = new LinkedHashMap<>();

    /** The latest first. */
    @GuardedBy("lock")
    private final Deque<FailureView> failures = new ArrayDeque<>();

    /** By the operator's name of the key: as many as are configured. */
    @GuardedBy("lock")
    private final Map<String, KeyEvidence> keys = new HashMap<>();

    /** For CDI's client proxy only. */
    @SuppressWarnings("NullAway") // the proxy's own field is never read
    protected Board() {
        clock = null;
    }

    /** An empty board. */
    @Inject
    public Board(Clock clock) {
        this.clock = clock;
    }

    /** Takes in what happened. */
    public void observe(@Observes ConversationEvent event) {
        synchronized (lock) {
            if (event instanceof ConversationEvent.Opened opened) {
                if (live.size() < MOST_LIVE) {
                    live.put(opened.conversation(), new LiveEntry(opened));
                }
            } else if (event instanceof ConversationEvent.Ended ended) {
                live.remove(ended.conversation());
                LiveEntry.failure(ended).ifPresent(this::remember);
                if (!ended.key().isEmpty()) {
                    judge(ended);
                }
            } else {
                LiveEntry entry = live.get(event.conversation());
                if (entry != null) {
                    entry.take(event);
                }
                if (event instanceof ConversationEvent.Started started) {
                    accepted(started.key(), started.at());
                }
            }
        }
    }

    @GuardedBy("lock")
    private void remember(FailureView failure) {
        if (failures.size() == MOST_FAILURES) {
            failures.removeLast();
        }
        failures.addFirst(failure);
    }

    @GuardedBy("lock")
    private void judge(ConversationEvent.Ended ended) {
        switch (ended.kind()) {
            case UPSTREAM_REFUSED -> refused(ended.key(), ended.reason(), ended.at());
            case NO_CAPACITY -> {
                Optional<Instant> until = Optional.of(ended.at().plus(QUOTA_PAUSE));
                keys.put(ended.key(), new KeyEvidence(Health.QUOTA, ended.reason(), ended.at(), until));
            }
            default -> {
                // says nothing about the key
            }
        }
    }

    /** The upstream took the key. */
    public void accepted(String key, Instant at) {
        synchronized (lock) {
            keys.put(key, new KeyEvidence(Health.OK, "", at, Optional.empty()));
        }
    }

    /** The upstream refused the key. */
    public void refused(String key, String why, Instant at) {
        synchronized (lock) {
            keys.put(key, new KeyEvidence(Health.REFUSED, why, at, Optional.empty()));
        }
    }

    /** Those that have or had a slot, or have not asked for one yet; the oldest first. */
    public List<ConversationView> conversations() {
        return views(entry -> entry.state() != ConversationState.WAITING);
    }

    /** Those in the waiting room, in the order they connected. */
    public List<ConversationView> waiting() {
        return views(entry -> entry.state() == ConversationState.WAITING);
    }

    private List<ConversationView> views(Predicate<LiveEntry> wanted) {
        Instant now = clock.instant();
        synchronized (lock) {
            return live.values().stream()
                    .filter(wanted)
                    .map(entry -> entry.view(now))
                    .toList();
        }
    }

    /** The latest first. */
    public List<FailureView> failures() {
        synchronized (lock) {
            return List.copyOf(failures);
        }
    }

    /** What was last seen of a key; a quota whose time is over counts as well again. */
    public KeyEvidence key(String name) {
        Instant now = clock.instant();
        synchronized (lock) {
            KeyEvidence seen = keys.getOrDefault(name, KeyEvidence.none(now));
            return seen.until().filter(until -> !until.isAfter(now)).isPresent()
                    ? new KeyEvidence(Health.OK, "", seen.at(), Optional.empty())
                    : seen;
        }
    }
}
