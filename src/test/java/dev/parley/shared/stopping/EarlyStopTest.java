package dev.parley.shared.stopping;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.parley.testkit.ChildJvm;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class EarlyStopTest {
    private static <T> T fake(Class<T> type, InvocationHandler answers) {
        return type.cast(Proxy.newProxyInstance(EarlyStopTest.class.getClassLoader(), new Class<?>[] {type}, answers));
    }

    private static ServletContextEvent end() {
        return new ServletContextEvent(fake(ServletContext.class, (self, method, arguments) -> null));
    }

    @Test
    void servers_find_it_and_it_registers_itself_where_it_is_told_of_the_end_first() throws Exception {
        EarlyStop found = ServiceLoader.load(ServletContainerInitializer.class).stream()
                .filter(provider -> provider.type() == EarlyStop.class)
                .map(provider -> (EarlyStop) provider.get())
                .findFirst()
                .orElseThrow();
        List<Object> listeners = new ArrayList<>();
        found.onStartup(null, fake(ServletContext.class, (self, method, arguments) -> {
            assertEquals("addListener", method.getName());
            listeners.add(arguments[0]);
            return null;
        }));
        assertEquals(1, listeners.size());
        assertSame(found, listeners.get(0));
    }

    @Test
    void where_the_beans_are_gone_already_nothing_happens() {
        assertDoesNotThrow(() -> new EarlyStop().contextDestroyed(end()));
    }

    /** In a virtual machine of its own: it has one CDI for ever. */
    @Test
    void the_beans_hear_of_the_end() {
        ChildJvm.run(List.of(), Ending.class.getName());
    }

    /** An application that ends. */
    static final class Ending {
        private Ending() {}

        public static void main(String[] arguments) {
            FiredEvents<Object> events = new FiredEvents<>();
            CDI.setCDIProvider(() -> cdi(events));
            new EarlyStop().contextDestroyed(end());
            assertEquals(List.of(new ServerStopping()), events.fired);
        }

        private static CDI<Object> cdi(FiredEvents<Object> events) {
            BeanManager beans = fake(BeanManager.class, (self, method, arguments) -> {
                assertEquals("getEvent", method.getName());
                return events;
            });
            return new FakeCdi(beans);
        }
    }
}
