package dev.parley.batch.answer;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.parley.shared.execution.Cancellation;
import dev.parley.shared.execution.Timers;
import dev.parley.shared.stream.WaitingCalls;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A response that has begun. Quiet times are filled with what means nothing: that keeps proxies from hanging up, and
 * writing is the only way to notice that a client has left. One that stays but does not take what it is sent is borne
 * for {@link #PATIENCE} in all, then given up. Words come on one thread, fillers on another; a lock keeps them apart, and a
 * filler that finds it taken is not needed.
 */
final class KeptAlive implements AutoCloseable {
    /** How often a quiet response is proved alive. */
    static final Duration BEAT = Duration.ofSeconds(15);

    /** How long all writes together may wait for the client. */
    static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final System.Logger LOG = System.getLogger(KeptAlive.class.getName());

    private final OutputStream out;
    private final String filler;
    private final Means means;
    private final Cancellation cancellation;
    private final WaitingCalls calls = new WaitingCalls();
    private final Cancellation.Registration ending;
    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock")
    private Instant lastWrite;

    @GuardedBy("lock")
    private Duration patience = PATIENCE;

    @GuardedBy("lock")
    private boolean closed;

    private volatile Timers.@Nullable Timer timer;

    /**
     * What it needs.
     *
     * @param mayBlock writes fillers
     */
    record Means(Clock clock, Timers timers, Executor mayBlock) {}

    /**
     * A response whose head was sent.
     *
     * @param cancellation cancelled when the client is found to have left, on the thread that found it; ends a write that
     *     waits
     */
    KeptAlive(OutputStream out, String filler, Means means, Cancellation cancellation) {
        this.out = out;
        this.filler = filler;
        this.means = means;
        this.cancellation = cancellation;
        lock.lock();
        try {
            lastWrite = means.clock().instant();
        } finally {
            lock.unlock();
        }
        ending = cancellation.onCancel(calls::interrupt);
        schedule(BEAT);
    }

    /**
     * Sends at once.
     *
     * @throws CancellationException when the client has left, or takes nothing
     */
    void write(String text) {
        boolean gone = false;
        lock.lock();
        try {
            send(text);
        } catch (IOException | RuntimeException broken) { // some servers throw the latter when the client is gone
            gone = true;
        } finally {
            lock.unlock();
        }
        if (gone) {
            cancellation.cancel();
            throw new CancellationException();
        }
    }

    @GuardedBy("lock")
    private void send(String text) throws IOException {
        Instant begin = means.clock().instant();
        Timers.Timer stalled = watch();
        try {
            calls.run(() -> {
                out.write(text.getBytes(StandardCharsets.UTF_8));
                out.flush();
                return text;
            });
        } finally {
            stalled.cancel();
            lastWrite = means.clock().instant();
            patience = patience.minus(Duration.between(begin, lastWrite));
        }
    }

    @GuardedBy("lock")
    private Timers.Timer watch() {
        try {
            return means.timers().schedule(patience.isNegative() ? Duration.ZERO : patience, calls::interrupt);
        } catch (RuntimeException stopping) { // then cancelling ends it
            LOG.log(System.Logger.Level.DEBUG, "No timer for a write", stopping);
            return () -> {};
        }
    }

    private void beat() {
        Duration next = BEAT;
        if (lock.tryLock()) { // else something is being written
            try {
                if (closed) {
                    return;
                }
                Duration quiet = Duration.between(lastWrite, means.clock().instant());
                if (quiet.compareTo(BEAT) >= 0) {
                    send(filler);
                } else {
                    next = BEAT.minus(quiet);
                }
            } catch (IOException | RuntimeException broken) {
                next = Duration.ZERO;
            } finally {
                lock.unlock();
            }
        }
        if (next.isZero()) {
            cancellation.cancel();
        } else {
            schedule(next);
        }
    }

    private void schedule(Duration delay) {
        timer = means.timers().schedule(delay, this::handOver);
    }

    private void handOver() {
        try {
            means.mayBlock().execute(this::beat);
        } catch (RuntimeException busy) { // servers refuse with exceptions of their own
            if (!isClosed()) {
                schedule(BEAT); // which is refused, and ends this, when the server stops
            }
        }
    }

    private boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
        ending.close();
        Timers.Timer last = timer;
        if (last != null) {
            last.cancel(); // one that is set at this very moment finds the stream closed
        }
    }
}
