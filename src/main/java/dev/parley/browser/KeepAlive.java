package dev.parley.browser;

import dev.parley.shared.execution.Timers;
import dev.parley.shared.socket.OutboundQueue;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Pings one connection for as long as it lives, since WildFly drops a WebSocket that is silent for 90 s, and notices
 * one that answers nothing any more. The idle time of the Jakarta API is not used: Payara schedules a task for every
 * message to keep it, and each costs more than the message. Thread safe.
 */
final class KeepAlive {
    private static final Duration EVERY = Duration.ofSeconds(25);
    private static final Timers.Timer NOT_STARTED = () -> {};
    private static final Timers.Timer STOPPED = () -> {};

    private final OutboundQueue queue;
    private final Timers timers;
    private final Clock clock;
    private final Duration idleTime;
    private final Runnable onSilence;
    private final AtomicReference<Timers.Timer> next = new AtomicReference<>(NOT_STARTED);
    private volatile long heardMillis;

    /**
     * For a connection that has just opened.
     *
     * @param idleTime a silence, pongs included, that is longer means that nobody is there
     * @param onSilence told once, on the timers' thread
     */
    KeepAlive(OutboundQueue queue, Timers timers, Clock clock, Duration idleTime, Runnable onSilence) {
        this.queue = queue;
        this.timers = timers;
        this.clock = clock;
        this.idleTime = idleTime;
        this.onSilence = onSilence;
        this.heardMillis = clock.millis();
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

    /** Something came, be it a pong. */
    void heard() {
        heardMillis = clock.millis();
    }

    void stop() {
        next.getAndSet(STOPPED).cancel();
    }

    private void ping() {
        if (clock.millis() - heardMillis > idleTime.toMillis()) {
            stop();
            onSilence.run();
        } else {
            queue.ping();
            start();
        }
    }
}
