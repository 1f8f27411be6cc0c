package dev.parley.shared.socket;

import dev.parley.shared.execution.Timers;
import jakarta.websocket.CloseReason;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.Session;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A Jakarta WebSocket session of a server as a {@link Wire}.
 *
 * <p>Closing waits a moment. On Payara a session that is closed by another thread while the container's own thread is
 * still in the upgrade, or in a read, has its request recycled under that thread, and whoever gets the recycled request
 * next suffers: seen as NullPointerExceptions in Catalina and Grizzly, and as handshakes of others that hang. A client
 * that closes by itself when it has been told the end is served by the container's thread, which has no such race.
 */
public final class SessionWire implements Wire {
    private static final Logger LOG = System.getLogger(SessionWire.class.getName());

    /** Far longer than a container's thread needs to leave a callback, even on a loaded machine. */
    private static final Duration CLOSES_AFTER = Duration.ofMillis(250);

    private final Session session;
    private final RemoteEndpoint.Async remote;
    private final Timers timers;

    /** The sending half of {@code session}. */
    public SessionWire(Session session, Timers timers) {
        this.session = session;
        this.remote = session.getAsyncRemote();
        this.timers = timers;
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
            timers.schedule(CLOSES_AFTER, () -> closeNow(code, reason));
        } catch (RuntimeException refused) { // at undeploy, when no other time will come
            LOG.log(Level.DEBUG, "No timer for a close", refused);
            closeNow(code, reason);
        }
    }

    private void closeNow(int code, String reason) {
        try {
            if (session.isOpen()) {
                session.close(new CloseReason(closeCode(code), CloseReasons.fit(reason)));
            }
        } catch (IOException | RuntimeException closed) { // servers differ in how they say that it is gone
            LOG.log(Level.DEBUG, "Closed already", closed);
        }
    }

    private static CloseReason.CloseCode closeCode(int code) {
        CloseReason.@Nullable CloseCode known = CloseReason.CloseCodes.getCloseCode(code);
        return known == null ? () -> code : known;
    }
}
