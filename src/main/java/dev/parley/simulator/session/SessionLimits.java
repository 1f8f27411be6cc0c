package dev.parley.simulator.session;

import java.time.Duration;

/**
 * Bounds of one session.
 *
 * @param connectionTime until goAway
 * @param goAwayTime from goAway to the close; whole seconds
 * @param maxMessageBytes longest client message
 */
public record SessionLimits(Duration connectionTime, Duration goAwayTime, int maxMessageBytes) {
    /** As measured at Google: goAway after nine minutes, 50 s before the close; messages up to 12 MB. */
    public static final SessionLimits DEFAULT =
            new SessionLimits(Duration.ofMinutes(9), Duration.ofSeconds(50), 12 * 1024 * 1024);
}
