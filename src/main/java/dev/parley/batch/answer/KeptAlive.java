package dev.parley.batch.answer;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.parley.shared.execution.BlockingWork;
import dev.parley.shared.execution.Cancellation;
import dev.parley.shared.execution.Timers;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A response that has begun. Quiet times are filled with what means nothing: that keeps proxies from hanging up, and
 * writing is the only way to notice that a client has left. One that stays but does not take what it is sent is borne
 * for {@link PatientWrites#PATIENCE} in all, then given up.
 *
 * <p>Everything is written on one thread, the one that {@link #run}s it. Words come from one other thread, which waits
 * until they are written; fillers come from a timer. A second writer could wait for ever: RESTEasy holds a lock while it
 * lets a response be written, and WildFly tells it of a client that has left on the thread whose write failed, where it
 * takes that lock (RESTEasy 6.2 {@code Servlet3AsyncHttpRequest}, {@code resume} and {@code onError}).
 */
final class KeptAlive implements AutoCloseable {
    /**
     * How often a quiet response is proved alive. A client that has left is found by the second write after that, so its recording
     * keeps its place, and its worker, for five to ten seconds more; a filler has twelve bytes.
     */
    static final Duration BEAT = Duration.ofSeconds(5);

    private static final System.Logger LOG = System.getLogger(KeptAlive.class.getName());

    /** Words, a filler and the end: whoever brings words waits for them, and a filler comes to an empty queue only. */
    private static final int MOST_PIECES = 3;

    private final String filler;
    private final BlockingWork work;
    private final Cancellation cancellation;
    private final PatientWrites writes;
    private final Cancellation.Registration ending;
    private final BlockingQueue<Piece> pieces = new ArrayBlockingQueue<>(MOST_PIECES);
    private final Piece end = new Piece("", true);
    private final CompletableFuture<Void> over = new CompletableFuture<>();

    /** Whether {@link #close} was called; whether all was written; whether the client takes nothing any more. */
    @GuardedBy("this")
    private boolean closed;

    @GuardedBy("this")
    private boolean complete;

    @GuardedBy("this")
    private boolean gone;

    @GuardedBy("this")
    private boolean writing;

    @GuardedBy("this")
    private Instant lastWrite;

    @GuardedBy("this")
    private Timers.@Nullable Timer timer;

    /** Text, and whoever waits for it to be written; cancelled when it never will be. */
    private record Piece(String text, boolean last, CompletableFuture<Void> written) {
        Piece(String text, boolean last) {
            this(text, last, new CompletableFuture<>());
        }
    }

    /**
     * A response that {@link #run} will write.
     *
     * @param cancellation cancelled when the client is found to have left, on the thread that found it; ends a write that
     *     waits
     */
    KeptAlive(String filler, BlockingWork work, Cancellation cancellation) {
        this.filler = filler;
        this.work = work;
        this.cancellation = cancellation;
        lastWrite = work.clock().instant();
        writes = new PatientWrites(work.clock(), work.timers());
        ending = cancellation.onCancel(writes::interrupt);
        beatAfter(BEAT);
    }

    /**
     * A response that is written on another thread.
     *
     * @param response gives its thread to the writing, and returns when it has written
     * @throws RuntimeException when there is no thread; servers refuse with exceptions of their own
     */
    static KeptAlive start(
            Consumer<Client.Writing> response, String filler, BlockingWork work, Cancellation cancellation) {
        KeptAlive alive = new KeptAlive(filler, work, cancellation);
        try {
            work.threads().execute(() -> alive.run(response));
        } catch (RuntimeException refused) {
            alive.stopBeats();
            throw refused;
        }
        return alive;
    }

    /** Writes until {@link #close}, or until the client is found to have left. */
    void run(Consumer<Client.Writing> response) {
        try {
            response.accept(this::writeAll);
        } catch (RuntimeException broken) { // some servers throw when the client is gone
            LOG.log(System.Logger.Level.DEBUG, "A response broke", broken);
        } finally {
            hangUp();
            over.complete(null);
        }
    }

    /**
     * Sends at once.
     *
     * @throws CancellationException when the client has left, or takes nothing
     */
    void write(String text) {
        Piece piece = new Piece(text, false);
        synchronized (this) {
            if (gone) {
                throw new CancellationException();
            }
            pieces.add(piece);
        }
        piece.written().join();
    }

    /** Sends what means nothing, unless there is something to send; does not wait. */
    synchronized void fill() {
        if (!writing && pieces.isEmpty()) {
            pieces.add(new Piece(filler, false));
        }
    }

    private void writeAll(OutputStream out) {
        Piece next = end;
        try {
            for (next = pieces.take(); !next.last(); next = pieces.take()) {
                send(out, next.text());
                next.written().complete(null);
            }
            synchronized (this) {
                complete = true;
            }
        } catch (IOException | RuntimeException broken) { // some servers throw the latter when the client is gone
            hangUp();
        } catch (InterruptedException stopping) {
            hangUp();
            Thread.currentThread().interrupt();
        } finally {
            next.written().cancel(false);
        }
    }

    private void send(OutputStream out, String text) throws IOException {
        setWriting(true);
        try {
            writes.write(out, text);
        } finally {
            setWriting(false);
        }
    }

    private synchronized void setWriting(boolean now) {
        writing = now;
        lastWrite = work.clock().instant();
    }

    private synchronized void beat() {
        if (closed || gone) {
            return;
        }
        Duration quiet = Duration.between(lastWrite, work.clock().instant());
        if (quiet.compareTo(BEAT) >= 0) {
            fill();
            beatAfter(BEAT);
        } else {
            beatAfter(BEAT.minus(quiet));
        }
    }

    private synchronized void beatAfter(Duration delay) {
        timer = work.timers().schedule(delay, this::beat);
    }

    /** Nobody takes anything any more; without effect when all is written. */
    private void hangUp() {
        boolean lost;
        synchronized (this) {
            lost = !complete && !gone;
            gone |= lost;
        }
        if (lost) {
            cancellation.cancel();
        }
        List<Piece> unwritten = new ArrayList<>();
        pieces.drainTo(unwritten);
        unwritten.forEach(piece -> piece.written().cancel(false));
    }

    private synchronized void stopBeats() {
        closed = true;
        if (timer != null) {
            timer.cancel();
        }
        ending.close();
    }

    /** Returns when all is written, or the client has left. */
    @Override
    public void close() {
        synchronized (this) {
            if (!gone) {
                pieces.add(end);
            }
            closed = true;
        }
        over.join();
        stopBeats();
    }
}
