package dev.parley.shared.execution;

import jakarta.enterprise.inject.spi.CDI;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Fires {@link ServerStopping} before WildFly closes the application's WebSockets, which it does before any bean hears
 * of the end. WildFly does it in a listener as well, and listeners are told of the end in the reverse order of their
 * registration (Jakarta Servlet 6.0 §11.3.4): only one that an initializer registers comes after WildFly's.
 */
public final class EarlyStop implements ServletContainerInitializer, ServletContextListener {
    private static final System.Logger LOG = System.getLogger(EarlyStop.class.getName());

    @Override
    public void onStartup(@Nullable Set<Class<?>> classes, ServletContext context) {
        context.addListener(this);
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        try {
            CDI.current().getBeanManager().getEvent().fire(new ServerStopping());
        } catch (IllegalStateException over) { // Payara has no beans any more then: it ended them before
            LOG.log(System.Logger.Level.DEBUG, "The application's beans are gone already", over);
        }
    }
}
