package dev.parley.browser;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.parley.shared.execution.Timers;
import dev.parley.shared.socket.OutboundQueue;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Pings one connection for as long as it lives: WildFly drops a WebSocket that is silent for 90 s. Thread safe. */
final class KeepAlive {
    private static final Duration EVERY = Duration.ofSeconds(25);

    private final OutboundQueue queue;
    private final Timers timers;

    @GuardedBy("this")
    private Timers.@Nullable Timer next;

    @GuardedBy("this")
    private boolean stopped;

    KeepAlive(OutboundQueue queue, Timers timers) {
        this.queue = queue;
        this.timers = timers;
    }

    synchronized void start() {
        if (!stopped) {
            next = timers.schedule(EVERY, this::ping);
        }
    }

    synchronized void stop() {
        stopped = true;
        if (next != null) {
            next.cancel();
        }
    }

    private void ping() {
        queue.ping();
        start();
    }
}
