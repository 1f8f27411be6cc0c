package dev.parley.simulator.door;

import dev.parley.gemini.settings.LiveAddress;
import dev.parley.simulator.Simulator;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;

/**
 * Puts the simulator behind Google's paths while the application starts, if it is enabled at all: otherwise the paths
 * do not exist. Path templates match whole segments only, so the segment is read by {@link ServicePath}; exact paths
 * of other endpoints win over templates (Jakarta WebSocket 2.1 §4.1.1).
 */
@WebListener
public final class SimulatorRegistration implements ServletContextListener {
    private static final Logger LOG = System.getLogger(SimulatorRegistration.class.getName());
    private static final String CONTAINER = "jakarta.websocket.server.ServerContainer";
    private static final List<String> PATHS = List.of("/ws/{service}", "/ws/{service}/{method}");

    @Inject
    private Simulator simulator;

    @Inject
    private LiveAddress address;

    @Override
    public void contextInitialized(ServletContextEvent event) {
        if (!simulator.isEnabled()) {
            return;
        }
        if (!(event.getServletContext().getAttribute(CONTAINER) instanceof ServerContainer container)) {
            throw new IllegalStateException("This server has no WebSocket support, which Parley needs");
        }
        try {
            for (ServerEndpointConfig endpoint : endpoints(simulator)) {
                container.addEndpoint(endpoint);
            }
        } catch (DeploymentException failure) {
            throw new IllegalStateException("The simulator's WebSocket paths could not be registered", failure);
        }
        tellAddress(simulator, address);
        LOG.log(Level.INFO, "No Gemini key is configured: the built-in simulator answers");
    }

    /** Tells the upstream a configured address; otherwise {@link LocalAddressFilter} learns one. */
    static void tellAddress(Simulator simulator, LiveAddress address) {
        simulator.address().ifPresent(address::useLocal);
    }

    /** The endpoints to register. */
    static List<ServerEndpointConfig> endpoints(Simulator simulator) {
        return PATHS.stream()
                .map(path -> ServerEndpointConfig.Builder.create(SimulatorEndpoint.class, path)
                        .configurator(new SimulatorHandshake(simulator))
                        .build())
                .toList();
    }
}
