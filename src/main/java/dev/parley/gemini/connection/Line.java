package dev.parley.gemini.connection;

import dev.parley.shared.socket.Wire;

/** An open WebSocket to a Live API server, whichever client carries it. Any thread; nothing blocks. */
public interface Line {
    /** The sending half. */
    Wire wire();

    /** Closes the session, also after a failed write. */
    void close(int code, String reason);

    /** Whether this side closed the session, so that an end told after that is only the echo. */
    boolean closedHere();

    /** Lets the socket go without waiting for what was written before. */
    void hangUp();
}
