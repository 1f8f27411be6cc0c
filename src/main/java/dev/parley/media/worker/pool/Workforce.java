package dev.parley.media.worker.pool;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.parley.media.worker.launch.WorkerLauncher;
import dev.parley.media.worker.launch.WorkerProcess;
import dev.parley.shared.execution.Timers;
import dev.parley.shared.failure.ParleyException;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * At most so many processes, counted from before their start until the system has told of their end, the spare included.
 * Any thread.
 */
final class Workforce {
    private static final System.Logger LOG = System.getLogger(Workforce.class.getName());
    /** Who holds a place finds room for a process as soon as its predecessor's has ended. */
    private static final long ROOM_MILLIS = 10_000;

    private final WorkerLauncher launcher;
    private final int most;
    private final Duration idle;
    private final Timers timers;
    private final Executor blocking;
    private final Object lock = new Object();

    @GuardedBy("lock")
    private final Set<WorkerProcess> processes = new HashSet<>();

    /** Counted, but not in {@link #processes} yet. */
    @GuardedBy("lock")
    private int starting;

    @GuardedBy("lock")
    private @Nullable WorkerProcess spare;

    @GuardedBy("lock")
    private boolean spareStarting;

    /** Processes asked for so far; tells whether a spare was needed in the meantime. */
    @GuardedBy("lock")
    private long asked;

    @GuardedBy("lock")
    private boolean closed;

    Workforce(WorkerLauncher launcher, int most, Duration idle, Timers timers, Executor blocking) {
        this.launcher = launcher;
        this.most = most;
        this.idle = idle;
        this.timers = timers;
        this.blocking = blocking;
    }

    int size() {
        synchronized (lock) {
            return processes.size() + starting;
        }
    }

    /** The spare, or a new process; waits for its start, and for room when the last one is about to end. */
    WorkerProcess process() throws IOException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(ROOM_MILLIS);
        try {
            synchronized (lock) {
                asked++;
                while (true) {
                    if (closed) {
                        throw WorkerFailures.stopping();
                    }
                    WorkerProcess ready = spare;
                    spare = null;
                    if (ready != null && ready.isAlive()) {
                        return ready;
                    }
                    if (processes.size() + starting < most) {
                        starting++;
                        break;
                    }
                    long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                    if (left <= 0) {
                        throw WorkerFailures.busy(most);
                    }
                    lock.wait(left);
                }
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw WorkerFailures.stopping();
        }
        return start();
    }

    /** Starts a spare when there is room; does not wait. */
    void replenish() {
        synchronized (lock) {
            boolean present = spareStarting || (spare != null && spare.isAlive());
            if (closed || present || idle.isZero() || processes.size() + starting >= most) {
                return;
            }
            spareStarting = true;
            starting++;
        }
        boolean accepted = false;
        try {
            blocking.execute(this::startSpare);
            accepted = true;
        } catch (RuntimeException stopping) { // servers refuse with exceptions of their own
            LOG.log(System.Logger.Level.DEBUG, "No thread to start a spare worker", stopping);
        } finally {
            if (!accepted) {
                notStarted();
                spareSettled(null);
            }
        }
    }

    private void startSpare() {
        WorkerProcess started = null;
        try {
            started = start();
        } catch (IOException | ParleyException failed) {
            LOG.log(System.Logger.Level.DEBUG, "A spare worker could not be started", failed);
        } finally {
            spareSettled(started);
        }
    }

    private void spareSettled(@Nullable WorkerProcess started) {
        long now;
        synchronized (lock) {
            spareStarting = false;
            spare = started;
            now = asked;
            lock.notifyAll();
        }
        if (started != null) {
            retireLater(started, now);
        }
    }

    /** Starts what {@link #starting} counts already. */
    private WorkerProcess start() throws IOException {
        WorkerProcess process = null;
        try {
            process = launcher.launch();
        } finally {
            if (process == null) {
                notStarted();
            }
        }
        WorkerProcess started = process;
        boolean late;
        synchronized (lock) {
            starting--;
            processes.add(started);
            late = closed;
            lock.notifyAll();
        }
        started.whenEnded(() -> ended(started));
        if (late) {
            started.kill();
            throw WorkerFailures.stopping();
        }
        return started;
    }

    private void notStarted() {
        synchronized (lock) {
            starting--;
            lock.notifyAll();
        }
    }

    private void ended(WorkerProcess process) {
        synchronized (lock) {
            processes.remove(process);
            lock.notifyAll();
        }
    }

    /** Ends the spare when none was asked for meanwhile. */
    private void retireLater(WorkerProcess kept, long before) {
        try {
            timers.schedule(idle, () -> retire(kept, before));
        } catch (RuntimeException stopping) { // then it ends with the rest
            LOG.log(System.Logger.Level.DEBUG, "No timer for the spare worker", stopping);
        }
    }

    private void retire(WorkerProcess kept, long before) {
        long now;
        synchronized (lock) {
            if (spare != kept) {
                return;
            }
            now = asked;
            if (now == before) {
                spare = null;
            }
        }
        if (now == before) {
            kept.kill();
        } else {
            retireLater(kept, now);
        }
    }

    /** What is being started just now is to be ended too. */
    @GuardedBy("lock")
    private void awaitStarts() {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(ROOM_MILLIS);
        try {
            for (long left = ROOM_MILLIS; starting > 0 && left > 0; ) {
                lock.wait(left);
                left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    /** Kills every process and waits for its end; none is started any more. */
    void close() {
        Set<WorkerProcess> last;
        synchronized (lock) {
            closed = true;
            spare = null;
            lock.notifyAll();
            awaitStarts();
            last = Set.copyOf(processes);
        }
        last.forEach(WorkerProcess::kill);
        last.forEach(WorkerProcess::end);
    }
}
