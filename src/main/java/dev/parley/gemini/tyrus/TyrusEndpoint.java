package dev.parley.gemini.tyrus;

import dev.parley.gemini.connection.ConnectionLife;
import dev.parley.gemini.live.UpstreamCounters;
import dev.parley.gemini.socket.PromptContainer;
import dev.parley.shared.execution.Timers;
import jakarta.websocket.CloseReason;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.Session;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Tyrus' callbacks for one life. Google sends its JSON in binary frames, others in text frames. */
final class TyrusEndpoint extends Endpoint {
    private static final System.Logger LOG = System.getLogger(TyrusEndpoint.class.getName());

    private final ConnectionLife life;
    private final Timers timers;
    private final UpstreamCounters counters;
    private volatile PromptContainer.@Nullable Connected connected;

    TyrusEndpoint(ConnectionLife life, Timers timers, UpstreamCounters counters) {
        this.life = life;
        this.timers = timers;
        this.counters = counters;
    }

    /** The handshake is done; before {@link #onOpen}. */
    void connected(PromptContainer.Connected made) {
        connected = made;
    }

    /** Throws {@link IllegalStateException} when the container never told of the connection. */
    @Override
    public void onOpen(Session session, EndpointConfig config) {
        PromptContainer.Connected made = connected;
        if (made == null) {
            throw new IllegalStateException("A session without a connection");
        }
        // Named handlers: Tyrus cannot tell a lambda's message type.
        session.addMessageHandler(ByteBuffer.class, (MessageHandler.Whole<ByteBuffer>)
                bytes -> life.received(StandardCharsets.UTF_8.decode(bytes).toString()));
        session.addMessageHandler(String.class, life::received);
        life.opened(new TyrusLine(new TyrusWire(session, made.frames(), timers, counters), made.socket()));
    }

    @Override
    public void onClose(Session session, CloseReason reason) {
        life.closed(reason.getCloseCode().getCode(), Objects.requireNonNullElse(reason.getReasonPhrase(), ""));
    }

    @Override
    public void onError(Session session, Throwable failure) {
        // Tyrus closes the session itself where it must; onClose tells the rest.
        LOG.log(System.Logger.Level.DEBUG, "Live connection", failure);
    }
}
