package dev.parley.gemini.socket;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.Destroyed;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.nio.channels.AsynchronousChannelGroup;
import java.util.concurrent.ExecutorService;
import org.glassfish.tyrus.container.jdk.client.JdkClientContainer;

/**
 * Ends the threads that Tyrus' JDK client container keeps after its last connection: those of its pool for 30 seconds,
 * and one that counts these seconds for as long as the virtual machine runs. It has no method for it, and each would
 * hold the classes of an application that is gone. Runs when every bean of the application is destroyed.
 */
@Dependent
final class ClientThreads {
    private static final System.Logger LOG = System.getLogger(ClientThreads.class.getName());
    private static final String TRANSPORT = "TransportFilter";
    private static final String CLOCK = "connectionCloseScheduler";
    private static final String POOL = "channelGroup";

    static void end(@Observes @Destroyed(ApplicationScoped.class) Object gone) {
        try {
            Class<?> transport = Class.forName(
                    JdkClientContainer.class.getPackageName() + "." + TRANSPORT,
                    true,
                    JdkClientContainer.class.getClassLoader());
            if (PromptContainer.field(transport, POOL).get(null) instanceof AsynchronousChannelGroup group) {
                group.shutdownNow();
            }
            if (PromptContainer.field(transport, CLOCK).get(null) instanceof ExecutorService clock) {
                clock.shutdownNow();
            }
        } catch (ReflectiveOperationException | IOException | RuntimeException unknown) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "A thread of the WebSocket client stays behind, and the application's classes with it",
                    unknown);
        }
    }
}
