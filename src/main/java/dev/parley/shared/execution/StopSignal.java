package dev.parley.shared.execution;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * Fires {@link ServerStopping} when the virtual machine is asked to stop, by a signal for example. Servers end in hooks
 * of their own, at the same time, and some close their sockets before they stop applications; how long they wait before
 * that is their setting ({@code docs/deployment.md}).
 *
 * <p>The hook is taken back when the application stops alone, since it holds the application's classes.
 */
@ApplicationScoped
class StopSignal {
    private static final System.Logger LOG = System.getLogger(StopSignal.class.getName());

    private final ThreadFactory threads;
    private final Event<ServerStopping> stopping;
    private volatile boolean over;
    private @Nullable Thread hook;

    /** For CDI's client proxy only. */
    @SuppressWarnings("NullAway") // the proxy's own fields are never read
    protected StopSignal() {
        threads = null;
        stopping = null;
    }

    /** Hears nothing before the application has started. */
    @Inject
    StopSignal(ThreadFactory threads, Event<ServerStopping> stopping) {
        this.threads = threads;
        this.stopping = stopping;
    }

    void listen(@Observes @Initialized(ApplicationScoped.class) Object started) {
        Thread thread = threads.newThread(this::tell);
        try {
            Runtime.getRuntime().addShutdownHook(thread);
            hook = thread;
        } catch (IllegalStateException stoppingAlready) {
            LOG.log(System.Logger.Level.DEBUG, "Started while the server stops", stoppingAlready);
        }
    }

    private void tell() {
        if (!over) {
            stopping.fire(new ServerStopping());
        }
    }

    void forget(@Observes @BeforeDestroyed(ApplicationScoped.class) Object stopped) {
        over = true;
        Thread thread = hook;
        if (thread == null) {
            return;
        }
        hook = null;
        try {
            if (Runtime.getRuntime().removeShutdownHook(thread)) {
                thread.start(); // a factory may remember its threads until they have run
            }
        } catch (IllegalStateException runsAlready) {
            LOG.log(System.Logger.Level.DEBUG, "The whole server stops", runsAlready);
        }
    }
}
