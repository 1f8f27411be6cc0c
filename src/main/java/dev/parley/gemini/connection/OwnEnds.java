package dev.parley.gemini.connection;

import dev.parley.gemini.live.LiveEvent;
import dev.parley.shared.failure.FailureKind;

/** Ends of a connection that this side decides on, as no close frame of the peer tells them. */
public final class OwnEnds {
    /** The caller closed. */
    public static final LiveEvent.Closed AS_ASKED =
            new LiveEvent.Closed(FailureKind.NORMAL, "The conversation ended as asked.", 1000, "");

    /** The application stops; also what refusing timers mean: only a server that stops refuses. */
    public static final LiveEvent.Closed STOPPING =
            new LiveEvent.Closed(FailureKind.DRAINING, "This server is being stopped.", 1001, "");

    /** What comes cannot be read. */
    public static final LiveEvent.Closed GIBBERISH = new LiveEvent.Closed(
            FailureKind.UPSTREAM_REFUSED,
            "What answers at the configured address does not speak the Live API. Whoever runs this server must check"
                    + " parley.gemini.endpoint.",
            1003,
            "unreadable frames");

    /** A write is not done within the stall time. */
    public static final LiveEvent.Closed STALLED = new LiveEvent.Closed(
            FailureKind.UPSTREAM_UNAVAILABLE,
            "Gemini stopped taking what was sent. Try again in a moment.",
            1006,
            "write stalled");

    private OwnEnds() {}
}
