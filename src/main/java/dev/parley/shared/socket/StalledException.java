package dev.parley.shared.socket;

import java.io.Serial;
import java.time.Duration;

/** Told by {@link OutboundQueue.Listener#failed} when a write did not complete in time. */
public final class StalledException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    StalledException(Duration stallTime) {
        super("The peer took nothing for " + stallTime.toMillis() + " ms");
    }
}
