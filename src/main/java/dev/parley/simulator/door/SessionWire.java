package dev.parley.simulator.door;

import dev.parley.shared.socket.CloseReasons;
import dev.parley.shared.socket.Wire;
import jakarta.websocket.CloseReason;
import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The sending half of a Jakarta WebSocket session. */
final class SessionWire implements Wire {
    private static final Logger LOG = System.getLogger(SessionWire.class.getName());

    private final Session session;

    SessionWire(Session session) {
        this.session = session;
    }

    @Override
    public void writeText(String text, Completion completion) {
        session.getAsyncRemote().sendText(text, result -> completion.written(failure(result)));
    }

    @Override
    public void writeBinary(ByteBuffer data, Completion completion) {
        session.getAsyncRemote().sendBinary(data, result -> completion.written(failure(result)));
    }

    @Override
    public void writePing(Completion completion) {
        try {
            session.getAsyncRemote().sendPing(ByteBuffer.allocate(0));
            completion.written(null);
        } catch (IOException failure) {
            completion.written(failure);
        }
    }

    @Override
    public void close(int code, String reason) {
        try {
            session.close(new CloseReason(CloseReason.CloseCodes.getCloseCode(code), CloseReasons.fit(reason)));
        } catch (IOException | RuntimeException failure) { // gone already
            LOG.log(Level.DEBUG, "A simulated session could not be closed properly", failure);
        }
    }

    private static @Nullable Throwable failure(SendResult result) {
        return result.isOK() ? null : result.getException();
    }
}
