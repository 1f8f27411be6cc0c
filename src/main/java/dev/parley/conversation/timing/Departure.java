package dev.parley.conversation.timing;

import java.time.Duration;

/**
 * An announced end of the connection: finds the moment to leave before it, quiet if there is one in time. Confined to the
 * mailbox.
 */
public final class Departure {
    /** How long before the announced end the connection is left, quiet moment or not. */
    private static final Duration RESERVE = Duration.ofSeconds(10);

    /** How long the old connection may take to close; then it is given up. */
    private static final Duration FAREWELL_WITHIN = Duration.ofSeconds(1);

    private final QuietMoment quiet;
    private final Moments moments;
    private boolean announced;

    /** Nothing has happened yet. */
    public Departure(QuietMoment quiet, Moments moments) {
        this.quiet = quiet;
        this.moments = moments;
    }

    /** The upstream announces the end. */
    public void announced(Duration timeLeft) {
        announced = true;
        moments.await(Moment.HAND_OVER_LIMIT, timeLeft.minus(RESERVE));
    }

    /** Whether to leave now; otherwise it is asked again when it may have become quiet. */
    public boolean isDue() {
        if (!announced) {
            return false;
        }
        moments.cancel(Moment.QUIET);
        return quiet.in()
                .map(wait -> {
                    if (wait.isZero()) {
                        return true;
                    }
                    moments.await(Moment.QUIET, wait);
                    return false;
                })
                .orElse(false);
    }

    /** The connection is being closed: nothing is looked for any more but its end. */
    public void begun() {
        over();
        moments.await(Moment.FAREWELL, FAREWELL_WITHIN);
    }

    /** There is no connection to leave. */
    public void over() {
        announced = false;
        moments.cancel(Moment.HAND_OVER_LIMIT);
        moments.cancel(Moment.QUIET);
        moments.cancel(Moment.FAREWELL);
    }
}
