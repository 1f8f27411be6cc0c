package dev.parley.simulator.door;

import dev.parley.shared.socket.SessionWire;
import dev.parley.simulator.Simulator;
import dev.parley.simulator.session.SimulatedSession;
import dev.parley.simulator.setup.Handshake;
import jakarta.websocket.CloseReason;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.Session;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** One socket; public because containers look at the class. Callbacks hand over to the session and return. */
public final class SimulatorEndpoint extends Endpoint {
    private static final Logger LOG = System.getLogger(SimulatorEndpoint.class.getName());

    private final Simulator simulator;
    /** Written before the first message can arrive; callbacks of one socket come one at a time. */
    private volatile @Nullable SimulatedSession session;

    SimulatorEndpoint(Simulator simulator) {
        this.simulator = simulator;
    }

    @Override
    public void onOpen(Session socket, EndpointConfig config) {
        SessionWire wire = new SessionWire(socket, simulator.timers());
        // Both hold it on every server seen; the standard promises the session's (Jakarta WebSocket 2.1, Session).
        Object handshake = socket.getUserProperties()
                .getOrDefault(
                        SimulatorHandshake.PROPERTY, config.getUserProperties().get(SimulatorHandshake.PROPERTY));
        if (!(handshake instanceof Handshake known)) {
            wire.close(1008, "There is no such service here; see /v1beta/models for what is served");
            return;
        }
        socket.setMaxIdleTimeout(0); // sessions have their own end, and are pinged
        socket.setMaxTextMessageBufferSize(simulator.maxMessageBytes());
        socket.setMaxBinaryMessageBufferSize(simulator.maxMessageBytes());
        simulator.take(known, wire).ifPresent(taken -> {
            session = taken;
            socket.addMessageHandler(String.class, new TextHandler(taken));
            socket.addMessageHandler(ByteBuffer.class, new BinaryHandler(taken));
        });
    }

    @Override
    public void onClose(Session socket, CloseReason reason) {
        SimulatedSession closed = session;
        if (closed != null) {
            closed.disconnected();
        }
    }

    /** The close that follows is what matters; nothing of a client is an error of this server. */
    @Override
    public void onError(Session socket, Throwable failure) {
        LOG.log(Level.DEBUG, "A simulated session's socket failed", failure);
    }

    /** Not a lambda: containers read the message type from the class. */
    private record TextHandler(SimulatedSession session) implements MessageHandler.Whole<String> {
        @Override
        public void onMessage(String frame) {
            session.receive(frame);
        }
    }

    private record BinaryHandler(SimulatedSession session) implements MessageHandler.Whole<ByteBuffer> {
        @Override
        public void onMessage(ByteBuffer frame) {
            session.receive(frame);
        }
    }
}
