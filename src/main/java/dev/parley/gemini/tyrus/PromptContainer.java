package dev.parley.gemini.tyrus;

import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.DeploymentException;
import java.io.IOException;
import java.lang.reflect.Field;
import java.net.StandardSocketOptions;
import java.nio.channels.AsynchronousSocketChannel;
import java.util.Map;
import java.util.function.Consumer;
import org.glassfish.tyrus.container.jdk.client.JdkClientContainer;
import org.glassfish.tyrus.spi.ClientContainer;
import org.glassfish.tyrus.spi.ClientEngine;
import org.glassfish.tyrus.spi.Connection;
import org.glassfish.tyrus.spi.UpgradeRequest;
import org.glassfish.tyrus.spi.UpgradeResponse;
import org.glassfish.tyrus.spi.Writer;
import org.jspecify.annotations.Nullable;

/**
 * Tyrus' JDK container with sockets that send at once. The container leaves Nagle's algorithm on and has no setting for
 * it: the tail of a message then waits until the one before is acknowledged, up to 40 ms on every piece of audio. The
 * socket is found by reflection in classes of the container that this application brings along itself, in one pinned
 * version; where that fails, connections work as before, and a warning says so.
 *
 * <p>Public, since Tyrus makes it by its name.
 */
public final class PromptContainer implements ClientContainer {
    /** User property of an endpoint's configuration: a {@code Consumer<AsynchronousSocketChannel>}. */
    static final String SOCKET_CONSUMER = "dev.parley.gemini.socket";

    private static final System.Logger LOG = System.getLogger(PromptContainer.class.getName());

    /** TLS, queue and transport: more filters than this are not to be expected. */
    private static final int MOST_FILTERS = 5;

    private final ClientContainer container = new JdkClientContainer();

    @Override
    public void openClientSocket(ClientEndpointConfig config, Map<String, Object> properties, ClientEngine engine)
            throws DeploymentException, IOException {
        container.openClientSocket(config, properties, new ClientEngine() {
            @Override
            public UpgradeRequest createUpgradeRequest(TimeoutHandler handler) {
                return engine.createUpgradeRequest(handler);
            }

            @Override
            public ClientUpgradeInfo processResponse(
                    UpgradeResponse response, Writer writer, Connection.CloseListener closeListener) {
                tune(writer, config.getUserProperties().get(SOCKET_CONSUMER));
                return engine.processResponse(response, new TextAsBinary(writer), closeListener);
            }

            @Override
            public void processError(Throwable failure) {
                engine.processError(failure);
            }
        });
    }

    @SuppressWarnings("unchecked") // only this package knows the property, and sets it to nothing else
    private static void tune(Writer writer, @Nullable Object consumer) {
        try {
            AsynchronousSocketChannel socket = socket(writer);
            socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
            if (consumer instanceof Consumer) {
                ((Consumer<AsynchronousSocketChannel>) consumer).accept(socket);
            }
        } catch (IOException | ReflectiveOperationException | RuntimeException failure) {
            LOG.log(System.Logger.Level.WARNING, "Audio to Gemini may be delayed: TCP_NODELAY is not set", failure);
        }
    }

    private static AsynchronousSocketChannel socket(Writer writer) throws ReflectiveOperationException {
        Object filter = value(writer, writer.getClass(), "downstreamFilter");
        for (int i = 0; i < MOST_FILTERS; i++) {
            if (filter.getClass().getSimpleName().equals("TransportFilter")) {
                return (AsynchronousSocketChannel) value(filter, filter.getClass(), "socketChannel");
            }
            filter = value(filter, filter.getClass().getSuperclass(), "downstreamFilter");
        }
        throw new NoSuchFieldException("TransportFilter");
    }

    private static Object value(Object owner, Class<?> type, String name) throws ReflectiveOperationException {
        Field field = type.getDeclaredField(name);
        field.setAccessible(true);
        Object value = field.get(owner);
        if (value == null) {
            throw new NoSuchFieldException(name);
        }
        return value;
    }
}
