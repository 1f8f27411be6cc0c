package dev.parley.browser.picture;

import java.time.Clock;

/**
 * Lets one picture a second pass on average: the model looks once a second (Live API, {@code realtimeInput.video}). One
 * that the network brought up to half a second early still passes. Not thread safe: a session's messages come one at a time.
 */
public final class PicturePace {
    private static final long EVERY_MILLIS = 1000;
    private static final long EARLY_MILLIS = 500;

    private final Clock clock;
    private long dueMillis;

    /** A pace at which the first picture passes at once. */
    public PicturePace(Clock clock) {
        this.clock = clock;
        this.dueMillis = clock.millis();
    }

    /** Lets a picture pass; false when it comes too soon. */
    public boolean take() {
        long now = clock.millis();
        if (now < dueMillis - EARLY_MILLIS) {
            return false;
        }
        dueMillis = Math.max(dueMillis, now) + EVERY_MILLIS;
        return true;
    }
}
