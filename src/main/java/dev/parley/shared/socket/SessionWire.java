package dev.parley.shared.socket;

import jakarta.websocket.CloseReason;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.Session;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A Jakarta WebSocket session, of a server or of a client, as a {@link Wire}. */
public final class SessionWire implements Wire {
    private static final Logger LOG = System.getLogger(SessionWire.class.getName());

    private final Session session;
    private final RemoteEndpoint.Async remote;

    /** The sending half of {@code session}. */
    public SessionWire(Session session) {
        this.session = session;
        this.remote = session.getAsyncRemote();
    }

    @Override
    public void writeText(String text, Completion completion) {
        remote.sendText(text, result -> completion.written(result.getException()));
    }

    @Override
    public void writeBinary(ByteBuffer data, Completion completion) {
        remote.sendBinary(data, result -> completion.written(result.getException()));
    }

    @Override
    public void writePing(Completion completion) {
        Throwable failure = null;
        try {
            remote.sendPing(ByteBuffer.allocate(0)); // small enough for any socket buffer: does not block
        } catch (IOException | IllegalArgumentException | IllegalStateException closed) {
            failure = closed;
        }
        completion.written(failure);
    }

    @Override
    public void close(int code, String reason) {
        try {
            session.close(new CloseReason(closeCode(code), CloseReasons.fit(reason)));
        } catch (IOException | RuntimeException closed) { // servers differ in how they say that it is gone
            LOG.log(Level.DEBUG, "Closed already", closed);
        }
    }

    private static CloseReason.CloseCode closeCode(int code) {
        CloseReason.@Nullable CloseCode known = CloseReason.CloseCodes.getCloseCode(code);
        return known == null ? () -> code : known;
    }
}
