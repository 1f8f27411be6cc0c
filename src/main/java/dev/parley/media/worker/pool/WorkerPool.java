package dev.parley.media.worker.pool;

import dev.parley.media.worker.launch.WorkerLauncher;
import dev.parley.media.worker.launch.WorkerProcess;
import dev.parley.media.worker.launch.WorkerSettings;
import dev.parley.shared.execution.Cancellation;
import dev.parley.shared.execution.Timers;
import dev.parley.shared.failure.ParleyException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Places for recordings, one worker each. Nothing is unpacked or started before the first recording that needs it; from
 * then on a spare is kept warm while there is room, until none was needed for a while. Any thread.
 */
public final class WorkerPool implements AutoCloseable {
    private final WorkerLauncher launcher;
    private final WorkerSettings settings;
    private final WorkerCounters counters;
    private final Timers timers;
    private final Executor blocking;
    private final Workforce workforce;
    private final Places places;

    private volatile @Nullable String unusable;
    private volatile boolean closed;

    /**
     * An empty pool.
     *
     * @param blocking threads that may wait
     */
    public WorkerPool(
            WorkerLauncher launcher,
            WorkerSettings settings,
            WorkerCounters counters,
            Timers timers,
            Executor blocking) {
        this.launcher = launcher;
        this.settings = settings;
        this.counters = counters;
        this.timers = timers;
        this.blocking = blocking;
        workforce = new Workforce(launcher, settings.workers(), settings.idle(), timers, blocking);
        places = new Places(settings.workers());
        unusable = settings.workers() == 0
                ? "its operator has switched it off"
                : launcher.missing().orElse(null);
    }

    /** Why no recording can be decoded by a worker here; completes "cannot be decoded on this server: …". */
    public Optional<String> unusable() {
        return Optional.ofNullable(unusable);
    }

    /** Processes running or starting, the spare included. */
    public int running() {
        return workforce.size();
    }

    /**
     * A place for one recording; does not wait.
     *
     * @throws ParleyException {@code NO_CAPACITY} when all are taken, {@code UNSUPPORTED_AUDIO} when no worker can run
     *     here, {@code DRAINING} at the end
     */
    public WorkerRun take() {
        return take(Duration.ZERO, new Cancellation());
    }

    /**
     * As {@link #take()}, but waits that long for a place.
     *
     * @throws java.util.concurrent.CancellationException when it was cancelled meanwhile
     */
    public WorkerRun take(Duration patience, Cancellation cancellation) {
        requireUsable();
        if (!places.take(patience, cancellation)) {
            counters.countTurnedAway();
            throw WorkerFailures.busy(settings.workers());
        }
        return new WorkerRun(this, settings, timers, blocking);
    }

    private void requireUsable() {
        if (closed) {
            throw WorkerFailures.stopping();
        }
        String why = unusable;
        if (why != null) {
            throw WorkerFailures.unavailable(why);
        }
    }

    /** A worker for the holder of a place; waits. */
    WorkerProcess process() throws IOException {
        return workforce.process();
    }

    /** Starts a spare when there is room; does not wait. */
    void replenish() {
        if (unusable == null) {
            workforce.replenish();
        }
    }

    /** Takes a place back, and counts what became of its recording. */
    void release(WorkerOutcome outcome) {
        counters.count(outcome);
        places.release();
        replenish();
    }

    /** A worker has told that none can run here. */
    void setUnusable(String why) {
        unusable = why;
    }

    boolean isClosed() {
        return closed;
    }

    /** Kills every worker, waits for their ends, and removes what was unpacked. */
    @Override
    public void close() {
        closed = true;
        places.close();
        workforce.close();
        launcher.close();
    }
}
