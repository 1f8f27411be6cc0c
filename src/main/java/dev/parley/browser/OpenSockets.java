package dev.parley.browser;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.parley.conversation.ConversationRegistry;
import dev.parley.shared.execution.ServerStopping;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The browsers that are connected; when the application stops it waits for them to be told, while threads, timers and
 * upstream connections are still there. Thread safe.
 */
@ApplicationScoped
class OpenSockets {
    /** Telling takes a quarter of a second; a browser that takes nothing does not hold up the server. */
    private static final long MOST_MILLIS = 3_000;

    private final ConversationRegistry registry;
    private final Object lock = new Object();

    @GuardedBy("lock")
    private final Set<LiveEndpoint> sockets = new HashSet<>();

    /** For CDI's client proxy only. */
    @SuppressWarnings("NullAway") // the proxy's own fields are never read
    protected OpenSockets() {
        this.registry = null;
    }

    @Inject
    OpenSockets(ConversationRegistry registry) {
        this.registry = registry;
    }

    void add(LiveEndpoint socket) {
        synchronized (lock) {
            sockets.add(socket);
        }
    }

    void remove(LiveEndpoint socket) {
        synchronized (lock) {
            sockets.remove(socket);
            lock.notifyAll();
        }
    }

    /** Blocks the thread that stops the application, which is nobody's but its own. */
    void stop(@Observes @BeforeDestroyed(ApplicationScoped.class) Object stopping) {
        letGo();
    }

    /** Likewise, where the server would close the sockets before it says that the application stops. */
    void stop(@Observes ServerStopping stopping) {
        letGo();
    }

    private void letGo() {
        registry.drain();
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(MOST_MILLIS);
        synchronized (lock) {
            try {
                long left = end - System.nanoTime();
                while (!sockets.isEmpty() && left > 0) {
                    TimeUnit.NANOSECONDS.timedWait(lock, left);
                    left = end - System.nanoTime();
                }
            } catch (InterruptedException hurried) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
