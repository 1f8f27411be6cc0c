package dev.parley.simulator.rest;

import dev.parley.shared.execution.MayBlock;
import dev.parley.shared.execution.Timers;
import dev.parley.simulator.fault.GoogleError;
import dev.parley.simulator.generation.Framing;
import dev.parley.simulator.generation.Reply;
import dev.parley.simulator.generation.Reply.Piece;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Sends the pieces of an answer, each at its time, holding no thread between them. So many answers at once wait; more
 * get 503. Any thread.
 */
@ApplicationScoped
public class PacedWriter {
    static final int MAX_WAITING = 300;

    private static final Logger LOG = System.getLogger(PacedWriter.class.getName());

    private final Timers timers;
    private final Executor blocking;
    private final AtomicInteger waiting = new AtomicInteger();

    /** For CDI's client proxy only. */
    protected PacedWriter() {
        this((delay, task) -> () -> {}, task -> {});
    }

    /** Writes on these threads. */
    @Inject
    public PacedWriter(Timers timers, @MayBlock Executor blocking) {
        this.timers = timers;
        this.blocking = blocking;
    }

    /**
     * Sends the reply; at once when nothing in it waits.
     *
     * @param done called once all of it is sent, or when the client left; a reply that waits needs an asynchronous
     *     response. Not called if something is thrown
     */
    void send(HttpServletResponse response, Reply reply, Runnable done) throws IOException {
        boolean waits = reply.pieces().stream().anyMatch(piece -> !piece.after().isZero());
        Reply sent = reply;
        if (waits && waiting.get() >= MAX_WAITING) {
            sent = Reply.error(Framing.WHOLE, GoogleError.unavailable(), Duration.ZERO);
            waits = false;
        }
        response.setStatus(sent.status());
        response.setContentType(sent.contentType());
        response.setHeader("Cache-Control", "no-store");
        OutputStream out = response.getOutputStream();
        if (!waits) {
            for (Piece piece : sent.pieces()) {
                out.write(piece.bytes());
            }
            done.run();
            return;
        }
        pace(out, sent.pieces(), done);
    }

    /** Sends pieces; {@code done} is called once, at the end or when the client left. */
    void pace(OutputStream out, List<Piece> pieces, Runnable done) {
        waiting.incrementAndGet();
        next(out, pieces, 0, () -> {
            waiting.decrementAndGet();
            done.run();
        });
    }

    /** Answers that wait now. */
    int waiting() {
        return waiting.get();
    }

    private void next(OutputStream out, List<Piece> pieces, int index, Runnable done) {
        if (index == pieces.size()) {
            done.run();
            return;
        }
        Piece piece = pieces.get(index);
        try {
            if (piece.after().isZero()) {
                blocking.execute(() -> write(out, pieces, index, done));
            } else {
                timers.schedule(piece.after(), () -> handOver(out, pieces, index, done));
            }
        } catch (RuntimeException stopping) {
            end(stopping, done);
        }
    }

    private void handOver(OutputStream out, List<Piece> pieces, int index, Runnable done) {
        try {
            blocking.execute(() -> write(out, pieces, index, done));
        } catch (RuntimeException stopping) {
            end(stopping, done);
        }
    }

    private void write(OutputStream out, List<Piece> pieces, int index, Runnable done) {
        try {
            out.write(pieces.get(index).bytes());
            out.flush();
        } catch (IOException | RuntimeException left) { // some containers throw the latter when the client is gone
            end(left, done);
            return;
        }
        next(out, pieces, index + 1, done);
    }

    private static void end(Exception cause, Runnable done) {
        LOG.log(Level.DEBUG, "An answer of the simulator could not be sent to its end", cause);
        try {
            done.run();
        } catch (RuntimeException over) {
            LOG.log(Level.DEBUG, "Its request was over already", over);
        }
    }
}
