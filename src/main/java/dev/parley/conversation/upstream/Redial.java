package dev.parley.conversation.upstream;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How often and how soon the upstream is dialled again. Attempts are counted from the last connection that proved
 * itself, by saying something or by staying: one that is confirmed and closed at once, as over quota, is no success.
 * Confined to the mailbox.
 */
final class Redial {
    private static final List<Duration> AT_FIRST =
            List.of(Duration.ZERO, Duration.ofMillis(500), Duration.ofSeconds(1));
    private static final List<Duration> LATER = List.of(
            Duration.ZERO,
            Duration.ofMillis(500),
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            Duration.ofSeconds(4),
            Duration.ofSeconds(4));

    /** A connection that lasted this long proved itself, though nobody spoke. */
    private static final Duration PROVEN_AFTER = Duration.ofSeconds(10);

    private final Clock clock;

    /** Dials since a connection proved itself. */
    private int attempts;

    private boolean everReady;
    private @Nullable Instant readySince;

    /** Nothing dialled yet. */
    Redial(Clock clock) {
        this.clock = clock;
    }

    /** A dial begins. */
    void dialled() {
        attempts++;
        readySince = null;
    }

    /** The setup is confirmed. */
    void ready() {
        everReady = true;
        readySince = clock.instant();
    }

    /** The connection carried something: its loss is a new story. */
    void proven() {
        attempts = 0;
    }

    /**
     * The connection is lost, or did not come to be.
     *
     * @param patient whether the first attempt waits as well: the upstream asked for less
     * @param silent whether it took what it was given and said nothing: then its staying proves nothing
     * @return how long to wait before the next attempt; empty when there were enough
     */
    Optional<Duration> lost(boolean patient, boolean silent) {
        if (!silent && readySince != null && !clock.instant().isBefore(readySince.plus(PROVEN_AFTER))) {
            proven();
        }
        readySince = null;
        List<Duration> delays = everReady ? LATER : AT_FIRST;
        int next = patient ? Math.max(1, attempts) : attempts;
        return next < delays.size() ? Optional.of(delays.get(next)) : Optional.empty();
    }
}
