package dev.parley.shared.stopping;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.lang.management.ManagementFactory;
import javax.management.AttributeChangeNotification;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.ListenerNotFoundException;
import javax.management.MBeanServer;
import javax.management.Notification;
import javax.management.NotificationListener;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;

/**
 * Fires {@link ServerStopping} when WildFly is suspended, which is the first that it does at a signal, at {@code :shutdown}
 * and at {@code :reload}, and by which it closes all WebSockets itself. Its MBean {@code jboss.root:type=state} tells
 * beforehand, on the thread that suspends, that the attribute {@code RunningState} changes (JBoss EAP 7.3 Configuration
 * Guide, §3.11.2). Fires {@link ServerResuming} when it serves again.
 *
 * <p>Other servers do not have the MBean; then this hears nothing.
 */
@ApplicationScoped
class SuspendSignal {
    static final String STATE = "jboss.root:type=state";
    private static final System.Logger LOG = System.getLogger(SuspendSignal.class.getName());
    private static final String ATTRIBUTE = "RunningState";
    private static final String SUSPENDING = "suspending";
    private static final String SERVING = "normal";

    private final Event<ServerStopping> stopping;
    private final Event<ServerResuming> resuming;
    private final NotificationListener listener = this::hear;
    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    private volatile boolean suspended;

    /** For CDI's client proxy only. */
    @SuppressWarnings("NullAway") // the proxy's own fields are never read
    protected SuspendSignal() {
        stopping = null;
        resuming = null;
    }

    /** Hears nothing before the application has started. */
    @Inject
    SuspendSignal(Event<ServerStopping> stopping, Event<ServerResuming> resuming) {
        this.stopping = stopping;
        this.resuming = resuming;
    }

    void listen(@Observes @Initialized(ApplicationScoped.class) Object started) throws JMException {
        try {
            server.addNotificationListener(new ObjectName(STATE), listener, null, null);
        } catch (InstanceNotFoundException notWildFly) {
            LOG.log(System.Logger.Level.DEBUG, "This server has no MBean {0}", STATE);
        }
    }

    private void hear(Notification notification, @Nullable Object handback) {
        if (notification instanceof AttributeChangeNotification change && ATTRIBUTE.equals(change.getAttributeName())) {
            if (SUSPENDING.equals(change.getNewValue())) {
                suspended = true;
                stopping.fire(new ServerStopping());
            } else if (SERVING.equals(change.getNewValue()) && suspended) {
                suspended = false;
                resuming.fire(new ServerResuming());
            }
        }
    }

    void forget(@Observes @BeforeDestroyed(ApplicationScoped.class) Object stopped) throws JMException {
        try {
            server.removeNotificationListener(new ObjectName(STATE), listener);
        } catch (InstanceNotFoundException | ListenerNotFoundException never) {
            LOG.log(System.Logger.Level.DEBUG, "Nothing was listened to");
        }
    }
}
