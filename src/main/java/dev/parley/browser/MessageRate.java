package dev.parley.browser;

import java.time.Clock;

/**
 * A token bucket: so many messages per second on average, twice as many at once. Not thread safe: a session's
 * messages come one at a time.
 */
final class MessageRate {
    private static final int BURST_SECONDS = 2;

    private final Clock clock;
    private final double perMilli;
    private final double most;
    private double tokens;
    private long lastMillis;

    MessageRate(int perSecond, Clock clock) {
        this.clock = clock;
        this.perMilli = perSecond / 1000.0;
        this.most = (double) perSecond * BURST_SECONDS;
        this.tokens = most;
        this.lastMillis = clock.millis();
    }

    /** Counts one message; false when it is one too many. */
    boolean take() {
        long now = clock.millis();
        tokens = Math.min(most, tokens + Math.max(0, now - lastMillis) * perMilli);
        lastMillis = now;
        if (tokens < 1) {
            return false;
        }
        tokens--;
        return true;
    }
}
