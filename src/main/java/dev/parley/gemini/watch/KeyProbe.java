package dev.parley.gemini.watch;

import dev.parley.gemini.access.token.AccessFailure;
import dev.parley.gemini.failure.Sentences;
import dev.parley.gemini.models.ModelProbe;
import dev.parley.gemini.settings.ApiKeys;
import dev.parley.shared.execution.Cancellation;
import dev.parley.shared.execution.MayBlock;
import dev.parley.shared.execution.Timers;
import dev.parley.shared.failure.ParleyException;
import dev.parley.shared.settings.ApiKey;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Asks Google now and then, in the background, whether each key is good, or the project of Vertex AI: free of charge. Every five minutes; after a failure a minute later, then with longer and longer pauses. Without keys it does nothing.
 */
@ApplicationScoped
public class KeyProbe {
    static final Duration FIRST = Duration.ofSeconds(5);
    static final Duration SETTLED = Duration.ofMinutes(5);
    static final Duration SHORTEST_PAUSE = Duration.ofMinutes(1);
    static final Duration LONGEST_PAUSE = Duration.ofMinutes(16);

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Logger LOG = System.getLogger(KeyProbe.class.getName());

    private final ModelProbe google;
    private final List<ApiKey> keys;
    private final KeyHealth health;
    private final Executor threads;
    private final Timers timers;
    private final Cancellation stopping = new Cancellation();
    private volatile Duration pause = SHORTEST_PAUSE;
    private volatile Timers.@Nullable Timer next;

    /** For CDI's client proxy only. */
    @SuppressWarnings("NullAway") // the proxy's own fields are never read
    protected KeyProbe() {
        google = null;
        keys = List.of();
        health = null;
        threads = null;
        timers = null;
    }

    /** Asks nothing before it is started. */
    @Inject
    public KeyProbe(ModelProbe google, ApiKeys keys, KeyHealth health, @MayBlock Executor threads, Timers timers) {
        this.google = google;
        this.keys = keys.keys();
        this.health = health;
        this.threads = threads;
        this.timers = timers;
    }

    void start(@Observes @Initialized(ApplicationScoped.class) Object started) {
        if (!keys.isEmpty()) {
            askIn(FIRST);
        }
    }

    private void askIn(Duration delay) {
        if (stopping.isCancelled()) {
            return;
        }
        try {
            next = timers.schedule(delay, this::askOnThread);
        } catch (RuntimeException refused) { // the server is being stopped
            LOG.log(Level.DEBUG, "No timer for the next question about keys", refused);
        }
    }

    private void askOnThread() {
        try {
            threads.execute(this::ask);
        } catch (RuntimeException busy) { // every thread is taken
            LOG.log(Level.DEBUG, "No thread for the question about keys; asking again later", busy);
            askIn(SHORTEST_PAUSE);
        }
    }

    private void ask() {
        boolean allGood = true;
        for (ApiKey key : keys) {
            try {
                google.key(key, PATIENCE, stopping);
                health.accepted(key);
            } catch (ParleyException failure) {
                allGood = false;
                learnFrom(failure, key);
            } catch (CancellationException over) {
                return;
            } catch (RuntimeException unexpected) {
                allGood = false;
                LOG.log(Level.DEBUG, "Whether the key " + key.name() + " is good could not be asked", unexpected);
            }
        }
        if (allGood) {
            pause = SHORTEST_PAUSE;
            askIn(SETTLED);
        } else {
            Duration now = pause;
            pause = now.compareTo(LONGEST_PAUSE) < 0 ? now.multipliedBy(2) : LONGEST_PAUSE;
            askIn(now);
        }
    }

    /** An upstream that is only out of reach says nothing about the key. */
    private void learnFrom(ParleyException failure, ApiKey key) {
        if (failure instanceof AccessFailure
                ? !failure.kind().retryable()
                : Sentences.areAboutKey(failure.getMessage())) {
            health.refused(key, failure.getMessage());
        } else {
            LOG.log(Level.DEBUG, "Gemini was asked about the key {0}: {1}", key.name(), failure.getMessage());
        }
    }

    @PreDestroy
    void stop() {
        stopping.cancel();
        Timers.Timer waiting = next;
        if (waiting != null) {
            waiting.cancel();
        }
    }
}
