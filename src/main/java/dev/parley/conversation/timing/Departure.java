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

    /** What was said last is written down within this time, as was seen (Live API, transcription: half a second). */
    private static final Duration TURN_ENDS_WITHIN = Duration.ofSeconds(1);

    private final QuietMoment quiet;
    private final Moments moments;
    private boolean announced;

    /** A turn was ended because of it, and the upstream has not told its end. */
    private boolean awaitsTurn;

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
        if (!announced || awaitsTurn) {
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

    /** The turn that runs is being ended: the connection is left when that is told, or after a while. */
    public void awaitTurn() {
        awaitsTurn = true;
        moments.cancel(Moment.QUIET);
        moments.await(Moment.HAND_OVER_LIMIT, TURN_ENDS_WITHIN);
    }

    /** Whether the end of a turn is all that is waited for. */
    public boolean awaitsTurn() {
        return awaitsTurn;
    }

    /** The connection is being closed: nothing is looked for any more but its end. */
    public void begun() {
        over();
        moments.await(Moment.FAREWELL, FAREWELL_WITHIN);
    }

    /** There is no connection to leave. */
    public void over() {
        announced = false;
        awaitsTurn = false;
        moments.cancel(Moment.HAND_OVER_LIMIT);
        moments.cancel(Moment.QUIET);
        moments.cancel(Moment.FAREWELL);
    }
}
