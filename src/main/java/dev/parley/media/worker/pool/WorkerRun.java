package dev.parley.media.worker.pool;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.parley.media.worker.launch.WorkerEnd;
import dev.parley.media.worker.launch.WorkerProcess;
import dev.parley.media.worker.launch.WorkerProtocol;
import dev.parley.media.worker.launch.WorkerSettings;
import dev.parley.shared.execution.Timers;
import dev.parley.shared.failure.ParleyException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * One recording's use of one worker: {@link #begin}, read its output to the end, {@link #end}, {@link #close}. Watches the
 * worker meanwhile, and kills it when a bound is passed; its output then ends. Any thread; {@code begin}, {@code end} and
 * the streams wait, the rest does not.
 */
public final class WorkerRun implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(WorkerRun.class.getName());
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final WorkerPool pool;
    private final WorkerSettings settings;
    private final Timers timers;
    private final Executor blocking;
    private final AtomicBoolean released = new AtomicBoolean();
    private final Object lock = new Object();

    @GuardedBy("lock")
    private @Nullable WorkerProcess process;

    /** Why it was ended from here; null while it was not. */
    @GuardedBy("lock")
    private @Nullable WorkerOutcome cut;

    @GuardedBy("lock")
    private WorkerOutcome outcome = WorkerOutcome.CALLED_OFF;

    private volatile boolean ready;
    private volatile boolean owed;

    /** Looks, one a second, since the worker's last sign of life, and in all. */
    private final AtomicLong looksSinceAnswer = new AtomicLong();

    private final AtomicLong looks = new AtomicLong();

    WorkerRun(WorkerPool pool, WorkerSettings settings, Timers timers, Executor blocking) {
        this.pool = pool;
        this.settings = settings;
        this.timers = timers;
        this.blocking = blocking;
    }

    /**
     * Gets a worker going.
     *
     * @param order one of {@link WorkerProtocol}, without its line end
     * @return the worker's PCM
     * @throws ParleyException when no worker becomes ready
     */
    public InputStream begin(String order) {
        try {
            owe(true);
            WorkerProcess worker = pool.process();
            synchronized (lock) {
                process = worker;
                if (cut != null || released.get()) {
                    worker.kill();
                }
            }
            pool.replenish();
            lookLater();
            byte[] greeting = WorkerProtocol.GREETING.getBytes(StandardCharsets.US_ASCII);
            InputStream output = worker.output();
            if (!Arrays.equals(greeting, output.readNBytes(greeting.length))) {
                throw new IOException("the worker did not greet");
            }
            ready = true;
            answered();
            worker.input().write((order + "\n").getBytes(StandardCharsets.UTF_8));
            worker.input().flush();
            return output;
        } catch (IOException failed) {
            throw notStarted(failed);
        }
    }

    private ParleyException notStarted(IOException failure) {
        synchronized (lock) {
            if (process == null) {
                outcome = WorkerOutcome.NOT_STARTED;
                LOG.log(System.Logger.Level.WARNING, "A media worker cannot be started", failure);
                return WorkerFailures.unavailable("its helper program does not start");
            }
            process.kill();
        }
        ParleyException told = end();
        return told == null ? WorkerFailures.unavailable("its helper program does not start") : told;
    }

    /** The worker's standard input. */
    public OutputStream input() {
        return worker().input();
    }

    private WorkerProcess worker() {
        synchronized (lock) {
            if (process == null) {
                throw new IllegalStateException("not begun");
            }
            return process;
        }
    }

    /** Says whether the worker is to do something: take what is written to it, or give what it has to give. */
    public void owe(boolean something) {
        looksSinceAnswer.set(0);
        owed = something;
    }

    /** The worker took or gave something. */
    public void answered() {
        looksSinceAnswer.set(0);
    }

    /** Ends the worker early. */
    public void cut(WorkerOutcome why) {
        synchronized (lock) {
            if (cut == null) {
                cut = why;
            }
            if (process != null) {
                process.kill();
            }
        }
    }

    /**
     * Waits for the worker's end, once its output has ended.
     *
     * @return what to tell the person who sent the recording; null when all of it was decoded
     */
    public @Nullable ParleyException end() {
        WorkerEnd end = worker().end();
        if (released.get()) {
            return WorkerFailures.stopping();
        }
        synchronized (lock) {
            outcome = outcomeOf(end, cut);
            if (outcome == WorkerOutcome.DIED
                    || outcome == WorkerOutcome.TIMED_OUT
                    || outcome == WorkerOutcome.FLOODED
                    || outcome == WorkerOutcome.NOT_STARTED) {
                LOG.log(System.Logger.Level.WARNING, "A media worker ended as {0}: {1}", outcome, end.forLog());
            }
            if (end.exit() == WorkerProtocol.UNUSABLE) {
                pool.setUnusable("Humble Video cannot be loaded on its platform");
                return WorkerFailures.unavailable("Humble Video cannot be loaded on its platform");
            }
            return switch (outcome) {
                case DONE -> null;
                case REFUSED -> WorkerFailures.refused(end.refusal());
                case CALLED_OFF -> WorkerFailures.stopping();
                case DIED -> WorkerFailures.died();
                case TIMED_OUT -> WorkerFailures.timedOut();
                case FLOODED -> WorkerFailures.flooded();
                case NOT_STARTED -> WorkerFailures.unavailable("its helper program does not start");
            };
        }
    }

    private WorkerOutcome outcomeOf(WorkerEnd end, @Nullable WorkerOutcome early) {
        if (early != null) {
            return early;
        }
        if (pool.isClosed() || released.get()) {
            return WorkerOutcome.CALLED_OFF;
        }
        if (!ready || end.exit() == WorkerProtocol.UNUSABLE) {
            return WorkerOutcome.NOT_STARTED;
        }
        return switch (end.exit()) {
            case WorkerProtocol.DONE -> WorkerOutcome.DONE;
            case WorkerProtocol.REFUSED -> WorkerOutcome.REFUSED;
            default -> WorkerOutcome.DIED;
        };
    }

    private void lookLater() {
        try {
            timers.schedule(LOOK, this::handOver);
        } catch (RuntimeException stopping) { // then the pool ends it
            LOG.log(System.Logger.Level.DEBUG, "No timer for a media worker", stopping);
        }
    }

    private void handOver() {
        if (released.get()) {
            return;
        }
        try {
            blocking.execute(this::look);
        } catch (RuntimeException busy) { // servers refuse with exceptions of their own; the timers know when they stop
            LOG.log(System.Logger.Level.DEBUG, "No thread to watch a media worker; later", busy);
            lookLater();
        }
    }

    private void look() {
        WorkerProcess worker = worker();
        if (released.get() || !worker.isAlive()) {
            return;
        }
        boolean silent =
                looksSinceAnswer.incrementAndGet() > settings.patience().toSeconds() && owed;
        boolean old = looks.incrementAndGet() > settings.life().toSeconds();
        if (silent || old || worker.cpuTime().compareTo(settings.cpuTime()) > 0) {
            cut(WorkerOutcome.TIMED_OUT);
        } else {
            lookLater();
        }
    }

    /** Ends the worker, if it has not ended, and gives its place back. Idempotent. */
    @Override
    public void close() {
        if (released.compareAndSet(false, true)) {
            WorkerOutcome became;
            synchronized (lock) {
                became = outcome;
                if (process != null) {
                    process.kill();
                }
            }
            pool.release(became);
        }
    }
}
