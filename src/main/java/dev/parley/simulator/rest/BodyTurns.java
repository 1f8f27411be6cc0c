package dev.parley.simulator.rest;

import dev.parley.shared.execution.MayBlock;
import dev.parley.shared.stream.TimedInput;
import dev.parley.simulator.fault.GoogleError;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;

/**
 * Requests with bodies, away from the container's few threads: whoever sends slowly keeps none of them. So many at once
 * are read and answered, each on a thread that may block; more get 429. Any thread.
 */
@ApplicationScoped
public class BodyTurns {
    static final int MAX_AT_ONCE = 8;
    static final Duration LONGEST_BODY = Duration.ofMinutes(5);

    private static final Logger LOG = System.getLogger(BodyTurns.class.getName());
    private static final Duration TRY_AGAIN = Duration.ofSeconds(2);

    /** Longer than any delay of an answer that can be asked for. */
    private static final Duration LONGEST = Duration.ofMinutes(30);

    private final Executor blocking;
    private final Clock clock;
    private final Semaphore places = new Semaphore(MAX_AT_ONCE);

    /** For CDI's client proxy only. */
    protected BodyTurns() {
        this(task -> {}, Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
    }

    /** Reads on these threads. */
    @Inject
    public BodyTurns(@MayBlock Executor blocking, Clock clock) {
        this.blocking = blocking;
        this.clock = clock;
    }

    /** Reads a request and answers it. */
    @FunctionalInterface
    interface Turn {
        /**
         * Does it.
         *
         * @param body to be read instead of the request's own; throws {@link GoogleError} 504 when it takes too long
         * @param done to be called once the answer is written, here or later; not if something is thrown
         */
        void take(InputStream body, Runnable done) throws IOException;
    }

    /** Gives the request its turn and returns at once. */
    void take(HttpServletRequest request, HttpServletResponse response, Turn turn) throws IOException {
        if (!places.tryAcquire()) {
            GoogleError busy = GoogleError.quota("concurrent_requests", TRY_AGAIN);
            Exchange.json(response, busy.code(), busy.toJson());
            return;
        }
        boolean handedOver = false;
        try {
            InputStream body = new TimedInput(request.getInputStream(), clock, LONGEST_BODY, GoogleError::deadline);
            AsyncContext async = request.startAsync(request, response);
            async.setTimeout(LONGEST.toMillis());
            try {
                blocking.execute(() -> run(response, async, turn, body));
                handedOver = true;
            } catch (RuntimeException stopping) {
                fail(response, async, stopping, GoogleError.unavailable());
            }
        } finally {
            if (!handedOver) {
                places.release();
            }
        }
    }

    /** Requests that may still come in now. */
    int free() {
        return places.availablePermits();
    }

    private void run(HttpServletResponse response, AsyncContext async, Turn turn, InputStream body) {
        try {
            turn.take(body, async::complete);
        } catch (IOException | RuntimeException failure) { // some containers throw the latter when the client is gone
            fail(response, async, failure, GoogleError.internal());
        } finally {
            places.release();
        }
    }

    private static void fail(HttpServletResponse response, AsyncContext async, Exception cause, GoogleError told) {
        LOG.log(Level.WARNING, "A request to the simulator could not be answered: {0}", cause.toString());
        try {
            if (!response.isCommitted()) {
                response.resetBuffer();
                Exchange.json(response, told.code(), told.toJson());
            }
            async.complete();
        } catch (IOException | RuntimeException over) {
            LOG.log(Level.DEBUG, "It was over already", over);
        }
    }
}
