package dev.parley.shared.execution;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * One timer for everything an owner waits for: it rings at the earliest of the moments asked for, or a little later,
 * and then not again until asked. The owner looks at its own state when it rings, so a moment that has become
 * pointless costs one look and needs no cancelling.
 *
 * <p>Not thread safe: the owner calls it in its own serial order, and there it rings.
 */
public final class Alarm {
    /** A clock that lags behind the timers must not make them fire in a row. */
    private static final Duration LEAST_DELAY = Duration.ofMillis(1);

    private final Clock clock;
    private final Timers timers;
    private final Executor serial;
    private final Runnable onRing;
    private @Nullable Setting setting;

    /** A moment and the timer for it; compared by identity. */
    private static final class Setting {
        final Instant moment;
        Timers.@Nullable Timer timer;

        Setting(Instant moment) {
            this.moment = moment;
        }
    }

    /**
     * A silent alarm.
     *
     * @param serial the owner's serial order
     */
    public Alarm(Clock clock, Timers timers, Executor serial, Runnable onRing) {
        this.clock = clock;
        this.timers = timers;
        this.serial = serial;
        this.onRing = onRing;
    }

    /**
     * Rings at {@code moment}, or earlier when that was asked for already.
     *
     * @throws java.util.concurrent.RejectedExecutionException (or what else the timers throw) when they are shut down;
     *     then nothing will ring
     */
    public void ringBy(Instant moment) {
        if (setting != null && !moment.isBefore(setting.moment)) {
            return;
        }
        silence();
        Duration delay = Duration.between(clock.instant(), moment);
        Setting next = new Setting(moment);
        next.timer = timers.schedule(
                delay.compareTo(LEAST_DELAY) < 0 ? LEAST_DELAY : delay, () -> serial.execute(() -> ring(next)));
        setting = next;
    }

    /** Forgets the moment asked for. */
    public void silence() {
        if (setting != null && setting.timer != null) {
            setting.timer.cancel();
        }
        setting = null;
    }

    private void ring(Setting rung) {
        if (setting == rung) {
            setting = null;
            onRing.run();
        }
    }
}
