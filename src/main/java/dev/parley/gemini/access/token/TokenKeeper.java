package dev.parley.gemini.access.token;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.parley.shared.execution.Timers;
import dev.parley.shared.settings.Secret;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one token for everybody. Whoever finds none gets it on its own thread, and all who come meanwhile wait for the
 * same; some minutes before its end the next one is got on a thread of the executor, so that nobody waits. One lock; under
 * it timers are set and stopped, nothing else is called.
 */
public final class TokenKeeper implements AutoCloseable {
    /**
     * How long before its end a token is replaced, as in Google's own library: the metadata server gives out the same one
     * until four minutes before. A short-lived one is replaced in the middle of its life.
     */
    static final Duration AHEAD = Duration.ofSeconds(225);

    /** A token with less than this left may end on its way. */
    static final Duration LEAST_LEFT = Duration.ofSeconds(20);

    /** At least between two tries to replace a token that still holds. */
    static final Duration AGAIN = Duration.ofSeconds(30);

    private static final System.Logger LOG = System.getLogger(TokenKeeper.class.getName());

    private final TokenSource source;
    private final Executor executor;
    private final Clock clock;
    private final Timers timers;
    private final Object lock = new Object();

    @GuardedBy("lock")
    private @Nullable Token token;

    @GuardedBy("lock")
    private @Nullable CompletableFuture<Token> fetching;

    @GuardedBy("lock")
    private Timers.@Nullable Timer next;

    @GuardedBy("lock")
    private boolean closed;

    /** Without a token. */
    public TokenKeeper(TokenSource source, Executor executor, Clock clock, Timers timers) {
        this.source = source;
        this.executor = executor;
        this.clock = clock;
        this.timers = timers;
    }

    /**
     * The token, at once while it holds; blocks otherwise.
     *
     * @throws AccessFailure when there is none to be had
     */
    public Token current() {
        CompletableFuture<Token> mine = null;
        CompletableFuture<Token> running;
        synchronized (lock) {
            if (token != null && holds(token)) {
                return token;
            }
            running = fetching;
            if (running == null) {
                mine = new CompletableFuture<>();
                running = mine;
                fetching = mine;
            }
        }
        if (mine != null) {
            fetch(mine);
        }
        try {
            return running.join();
        } catch (CompletionException failure) {
            if (failure.getCause() instanceof AccessFailure known) {
                throw known;
            }
            throw failure;
        }
    }

    /** Begins to get a new token, unless one is being got; a failure goes to the log. */
    public void fetchAhead() {
        try {
            executor.execute(this::fetchAlone);
        } catch (RuntimeException refused) { // servers refuse with exceptions of their own while they stop
            LOG.log(System.Logger.Level.DEBUG, "No thread for the next access token", refused);
        }
    }

    private void fetchAlone() {
        CompletableFuture<Token> mine = new CompletableFuture<>();
        synchronized (lock) {
            if (fetching != null || closed) {
                return;
            }
            fetching = mine;
        }
        fetch(mine);
        try {
            mine.join();
        } catch (CompletionException failure) {
            tell(failure.getCause());
        }
    }

    /** Forgets this token, unless there is another one already. */
    public void drop(Secret refused) {
        synchronized (lock) {
            if (token != null && token.secret().equals(refused)) {
                token = null;
            }
        }
    }

    /** Whether a token is being got. */
    public boolean isFetching() {
        synchronized (lock) {
            return fetching != null;
        }
    }

    /** Gets no more tokens ahead. */
    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
            if (next != null) {
                next.cancel();
            }
        }
    }

    private void fetch(CompletableFuture<Token> promise) {
        Token got = null;
        Throwable failure = null;
        try {
            got = source.fetch();
        } catch (RuntimeException | Error thrown) { // an Error too: others wait for this
            failure = thrown;
        }
        synchronized (lock) {
            fetching = null;
            if (got != null) {
                token = got;
            }
            try {
                plan();
            } catch (RuntimeException stopping) { // no timer any more; whoever waits is told all the same
                LOG.log(System.Logger.Level.DEBUG, "No timer for the next token", stopping);
            }
        }
        if (got != null) {
            promise.complete(got);
        } else if (failure != null) {
            promise.completeExceptionally(failure);
        }
    }

    /** A token that ended is not replaced before somebody needs one. */
    @GuardedBy("lock")
    private void plan() {
        if (next != null) {
            next.cancel();
            next = null;
        }
        Token kept = token;
        if (kept == null || closed) {
            return;
        }
        Duration left = Duration.between(clock.instant(), kept.expires());
        Duration ahead = left.compareTo(AHEAD.multipliedBy(2)) > 0 ? AHEAD : left.dividedBy(2);
        Duration wait = left.minus(ahead);
        if (wait.compareTo(AGAIN) < 0) {
            wait = AGAIN;
        }
        if (wait.compareTo(left) < 0) {
            next = timers.schedule(wait, this::fetchAhead);
        }
    }

    private boolean holds(Token kept) {
        Instant end = kept.expires().minus(LEAST_LEFT);
        return clock.instant().isBefore(end);
    }

    private static void tell(@Nullable Throwable failure) {
        if (failure instanceof AccessFailure known) {
            LOG.log(System.Logger.Level.WARNING, "{0} ({1})", known.getMessage(), known.details());
        } else {
            LOG.log(System.Logger.Level.WARNING, "No access token for Vertex AI could be got", failure);
        }
    }
}
