package dev.parley.gemini.tyrus;

import jakarta.websocket.CloseReason;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.Session;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Tyrus' callbacks for one life. Google sends its JSON in binary frames, others in text frames. */
final class TyrusEndpoint extends Endpoint {
    private static final System.Logger LOG = System.getLogger(TyrusEndpoint.class.getName());

    private final ConnectionLife life;

    TyrusEndpoint(ConnectionLife life) {
        this.life = life;
    }

    @Override
    public void onOpen(Session session, EndpointConfig config) {
        // Named handlers: Tyrus cannot tell a lambda's message type.
        session.addMessageHandler(ByteBuffer.class, (MessageHandler.Whole<ByteBuffer>)
                bytes -> life.received(StandardCharsets.UTF_8.decode(bytes).toString()));
        session.addMessageHandler(String.class, life::received);
        life.opened(session);
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
