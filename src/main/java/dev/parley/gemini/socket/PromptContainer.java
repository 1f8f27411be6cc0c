package dev.parley.gemini.socket;

import dev.parley.shared.execution.Timers;
import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.DeploymentException;
import java.io.IOException;
import java.lang.reflect.Field;
import java.net.StandardSocketOptions;
import java.nio.channels.AsynchronousSocketChannel;
import java.security.SecureRandom;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
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
 * it: the tail of a message then waits until the one before is acknowledged, up to 40 ms on every piece of audio. And
 * its writes complete on another thread, see {@link PromptSocket}. The socket is found and replaced by reflection in
 * classes of the container that this application brings along itself, in one pinned version. Where that fails a warning
 * says so, audio may be late, and a connection whose peer reads nothing more keeps its socket until the peer lets go.
 *
 * <p>Public, since Tyrus makes it by its name.
 */
public final class PromptContainer implements ClientContainer {
    /** User property of an endpoint's configuration: a {@link Owner}. */
    public static final String OWNER = "dev.parley.gemini.socket";

    /**
     * Whom a connection belongs to.
     *
     * @param timers look after writes that the network does not take at once
     * @param connected told of the connection before it is open
     */
    public record Owner(Timers timers, Consumer<Connected> connected) {}

    /**
     * A connection that has just been upgraded.
     *
     * @param frames writes its messages
     * @param socket null when Tyrus does not give it away
     */
    public record Connected(TextFrames frames, @Nullable AsynchronousSocketChannel socket) {}

    private static final System.Logger LOG = System.getLogger(PromptContainer.class.getName());

    /** TLS, queue and transport: more filters than this are not to be expected. */
    private static final int MOST_FILTERS = 5;

    private static final String SOCKET = "socketChannel";

    private final ClientContainer container = new JdkClientContainer();
    private final SecureRandom random = new SecureRandom();
    private final AtomicBoolean warned = new AtomicBoolean();

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
                if (config.getUserProperties().get(OWNER) instanceof Owner owner) {
                    owner.connected()
                            .accept(new Connected(new TextFrames(writer, random), tune(writer, owner.timers())));
                }
                return engine.processResponse(response, writer, closeListener);
            }

            @Override
            public void processError(Throwable failure) {
                engine.processError(failure);
            }
        });
    }

    private @Nullable AsynchronousSocketChannel tune(Writer writer, Timers timers) {
        AsynchronousSocketChannel socket = null;
        try {
            Object filter = transport(writer);
            Field field = field(filter.getClass(), SOCKET);
            socket = (AsynchronousSocketChannel) field.get(filter);
            socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
            field.set(filter, new PromptSocket(socket, timers));
        } catch (IOException | ReflectiveOperationException | RuntimeException failure) {
            if (warned.compareAndSet(false, true)) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "Audio to Gemini may be delayed: its sockets cannot be tuned",
                        failure);
            }
        }
        return socket;
    }

    private static Object transport(Writer writer) throws ReflectiveOperationException {
        Object filter = downstream(writer, writer.getClass());
        for (int i = 0; i < MOST_FILTERS; i++) {
            if (filter.getClass().getSimpleName().equals("TransportFilter")) {
                return filter;
            }
            filter = downstream(filter, filter.getClass().getSuperclass());
        }
        throw new NoSuchFieldException("TransportFilter");
    }

    private static Object downstream(Object owner, Class<?> type) throws ReflectiveOperationException {
        Object filter = field(type, "downstreamFilter").get(owner);
        if (filter == null) {
            throw new NoSuchFieldException("downstreamFilter is empty");
        }
        return filter;
    }

    /** A field of the container, whoever may see it. */
    static Field field(Class<?> type, String name) throws ReflectiveOperationException {
        Field field = type.getDeclaredField(name);
        field.setAccessible(true);
        return field;
    }
}
