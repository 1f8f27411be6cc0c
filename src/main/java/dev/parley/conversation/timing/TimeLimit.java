package dev.parley.conversation.timing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** The end that every conversation has, and the warnings before it. Confined to the mailbox. */
public final class TimeLimit {
    /** This long before the end the client is told. */
    private static final Duration FIRST_WARNING = Duration.ofSeconds(60);

    /** This long before the end the client is told again. */
    private static final Duration LAST_WARNING = Duration.ofSeconds(10);

    private final Moments moments;
    private final Clock clock;
    private Instant deadline = Instant.MAX;

    /** No limit yet. */
    public TimeLimit(Moments moments, Clock clock) {
        this.moments = moments;
        this.clock = clock;
    }

    /** Waits for the deadline, and for the warnings that are not past already. */
    public void begin(Instant limit) {
        deadline = limit;
        moments.await(Moment.TIME_LIMIT, left());
        warn(Moment.MINUTE_LEFT);
        warn(Moment.TEN_SECONDS_LEFT);
    }

    private void warn(Moment moment) {
        Duration delay = left().minus(at(moment));
        if (!delay.isNegative()) {
            moments.await(moment, delay);
        }
    }

    /** How long it may still last when that warning is given. */
    public static Duration at(Moment warning) {
        return warning == Moment.MINUTE_LEFT ? FIRST_WARNING : LAST_WARNING;
    }

    /** How long it may still last, once it has begun. */
    public Duration left() {
        return Duration.between(clock.instant(), deadline);
    }
}
