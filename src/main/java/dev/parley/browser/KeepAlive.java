package dev.parley.browser;

import dev.parley.shared.execution.Timers;
import dev.parley.shared.socket.OutboundQueue;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/** Pings one connection for as long as it lives: WildFly drops a WebSocket that is silent for 90 s. Thread safe. */
final class KeepAlive {
    private static final Duration EVERY = Duration.ofSeconds(25);
    private static final Timers.Timer NOT_STARTED = () -> {};
    private static final Timers.Timer STOPPED = () -> {};

    private final OutboundQueue queue;
    private final Timers timers;
    private final AtomicReference<Timers.Timer> next = new AtomicReference<>(NOT_STARTED);

    KeepAlive(OutboundQueue queue, Timers timers) {
        this.queue = queue;
        this.timers = timers;
    }

    void start() {
        Timers.Timer last = next.get();
        if (last != STOPPED) {
            Timers.Timer timer = timers.schedule(EVERY, this::ping);
            if (!next.compareAndSet(last, timer)) {
                timer.cancel(); // stopped meanwhile
            }
        }
    }

    void stop() {
        next.getAndSet(STOPPED).cancel();
    }

    private void ping() {
        queue.ping();
        start();
    }
}
