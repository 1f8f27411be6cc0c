package dev.parley.simulator.door;

import dev.parley.simulator.Simulator;
import dev.parley.simulator.protocol.ClientMessage.Dialect;
import dev.parley.simulator.setup.CredentialReader;
import dev.parley.simulator.setup.Handshake;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpointConfig;
import java.net.URI;

/**
 * Reads what the handshake told into the connection's user properties, which are the connection's own (Jakarta
 * WebSocket 2.1 §3.1.7). Every handshake that gets here succeeds, as at Google: refusals are close frames. Only a bad
 * token for Vertex AI is refused before, by {@link ServicePathFilter}.
 */
final class SimulatorHandshake extends ServerEndpointConfig.Configurator {
    /** User property that holds the {@link Handshake}; absent when the path is none of Google's. */
    static final String PROPERTY = Handshake.class.getName();

    private final Simulator simulator;

    SimulatorHandshake(Simulator simulator) {
        this.simulator = simulator;
    }

    /** Any page may try the simulator: it holds nothing, and Google's own SDKs run in pages. */
    @Override
    public boolean checkOrigin(String origin) {
        return true;
    }

    @Override
    public void modifyHandshake(ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
        URI uri = request.getRequestURI();
        ServicePath.in(uri.getPath())
                .map(path -> new Handshake(
                        path.version(),
                        path.dialect(),
                        path.constrained(),
                        path.dialect() == Dialect.VERTEX
                                ? CredentialReader.readToken(request.getHeaders())
                                : CredentialReader.read(
                                        request.getHeaders(), request.getQueryString(), path.constrained())))
                .ifPresent(handshake -> config.getUserProperties().put(PROPERTY, handshake));
    }

    @Override
    public <T> T getEndpointInstance(Class<T> type) {
        return type.cast(new SimulatorEndpoint(simulator));
    }
}
