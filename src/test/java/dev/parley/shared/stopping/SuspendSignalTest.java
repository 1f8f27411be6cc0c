package dev.parley.shared.stopping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.management.ManagementFactory;
import java.util.List;
import javax.management.AttributeChangeNotification;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.NotificationBroadcasterSupport;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SuspendSignalTest {
    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    private final FiredEvents<ServerStopping> stopping = new FiredEvents<>();
    private final FiredEvents<ServerResuming> resuming = new FiredEvents<>();
    private final SuspendSignal signal = new SuspendSignal(stopping, resuming);

    /** What JMX wants of an MBean. */
    public interface StateMBean {}

    /** WildFly's MBean, which tells on the thread that changes it. */
    public static final class State extends NotificationBroadcasterSupport implements StateMBean {
        private String running = "starting";

        void becomes(String next) {
            change("RunningState", running, next);
            running = next;
        }

        void change(String attribute, String before, String after) {
            sendNotification(new AttributeChangeNotification(
                    this, 0, 0, "state changed", attribute, String.class.getName(), before, after));
        }
    }

    private State wildFly() throws JMException {
        State state = new State();
        server.registerMBean(state, new ObjectName(SuspendSignal.STATE));
        return state;
    }

    @AfterEach
    void takeBack() throws JMException {
        ObjectName name = new ObjectName(SuspendSignal.STATE);
        if (server.isRegistered(name)) {
            server.unregisterMBean(name);
        }
    }

    @Test
    void suspending_is_told_before_it_goes_on_and_serving_again_as_well() throws JMException {
        State state = wildFly();
        signal.listen(this);
        state.becomes("normal");
        assertEquals(List.of(), resuming.fired);
        state.becomes("suspending");
        assertEquals(List.of(new ServerStopping()), stopping.fired);
        state.becomes("suspended");
        assertEquals(List.of(), resuming.fired);
        state.becomes("normal");
        assertEquals(List.of(new ServerResuming()), resuming.fired);
        assertEquals(1, stopping.fired.size());
    }

    @Test
    void other_attributes_say_nothing() throws JMException {
        State state = wildFly();
        signal.listen(this);
        state.change("RuntimeConfigurationState", "ok", "suspending");
        assertEquals(List.of(), stopping.fired);
    }

    @Test
    void an_application_that_is_gone_hears_nothing_and_is_not_held() throws JMException {
        State state = wildFly();
        signal.listen(this);
        signal.forget(this);
        state.becomes("suspending");
        assertEquals(List.of(), stopping.fired);
        signal.forget(this);
    }

    @Test
    void a_server_without_the_mbean_is_no_fault() throws JMException {
        signal.listen(this);
        signal.forget(this);
        assertThrows(InstanceNotFoundException.class, () -> server.getMBeanInfo(new ObjectName(SuspendSignal.STATE)));
    }
}
