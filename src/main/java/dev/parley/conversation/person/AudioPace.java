package dev.parley.conversation.person;

import dev.parley.shared.failure.FailureKind;
import dev.parley.shared.failure.ParleyException;
import java.time.Clock;
import java.time.Duration;

/**
 * Holds a client's audio to the pace of speech. A few bytes of Opus may stand for a tenth of a second, so bounding
 * bytes bounds neither the work nor the tokens that they cost; what bounds them is how far decoded audio may run ahead
 * of the clock. Confined to the mailbox.
 */
final class AudioPace {
    /** A recording pushed at once may be this long; then it has to come as fast as it is spoken. */
    static final Duration MOST_AHEAD = Duration.ofSeconds(30);

    private final Clock clock;

    /** Recorded while the client was away: it may come at once. */
    private long recordedAwayMillis;

    /** Milliseconds of the clock up to which audio has come. */
    private long coveredUntil;

    AudioPace(Clock clock) {
        this.clock = clock;
        this.coveredUntil = clock.millis();
    }

    /** The client is back, with what it recorded meanwhile. */
    void away(Duration time) {
        recordedAwayMillis = time.toMillis();
    }

    /**
     * Counts decoded audio.
     *
     * @throws ParleyException {@code TOO_LARGE} when it runs too far ahead
     */
    void passed(long audioMillis) {
        long now = clock.millis();
        coveredUntil = Math.max(coveredUntil, now) + audioMillis;
        if (coveredUntil - now > MOST_AHEAD.toMillis() + recordedAwayMillis) {
            throw new ParleyException(
                    FailureKind.TOO_LARGE,
                    "Audio arrives faster than it is spoken: at most " + MOST_AHEAD.toSeconds()
                            + " seconds of it may come ahead.");
        }
    }
}
