package dev.parley.tools.run;

import dev.parley.shared.execution.MayBlock;
import dev.parley.shared.execution.Timers;
import dev.parley.shared.settings.SettingsReader;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads, timers and bounds that all conversations share for their calls. Any thread. */
@ApplicationScoped
public class CallThreads {
    private final Executor threads;
    private final Timers timers;
    private final CallSettings settings;
    private final CallCounters counters = new CallCounters();
    private final AtomicInteger running = new AtomicInteger();

    /** For CDI's client proxy only; a proxy is never called before it has its real instance. */
    @SuppressWarnings("NullAway") // the proxy's own fields are never read
    protected CallThreads() {
        this.threads = null;
        this.timers = null;
        this.settings = null;
    }

    /** Reads the bounds. */
    @Inject
    public CallThreads(@MayBlock Executor threads, Timers timers, SettingsReader reader) {
        this(threads, timers, CallSettings.read(reader));
    }

    /** Runs calls on these threads, within these bounds. */
    public CallThreads(Executor threads, Timers timers, CallSettings settings) {
        this.threads = threads;
        this.timers = timers;
        this.settings = settings;
    }

    /** So that a wrong setting stops deployment and not a conversation. */
    void start(@Observes @Initialized(ApplicationScoped.class) Object started) {
        // Being asked for is what reads the settings.
    }

    /** The bounds. */
    public CallSettings settings() {
        return settings;
    }

    /** How calls ended. */
    public CallCounters counters() {
        return counters;
    }

    /** Calls that run on this node, those that were given up and go on nevertheless included. */
    public int running() {
        return running.get();
    }

    /** For time limits. */
    public Timers timers() {
        return timers;
    }

    /** Runs a call; false when this node runs as many as it may, or has no thread for it. */
    public boolean begin(RunningCall call) {
        if (running.incrementAndGet() > settings.mostInAll()) {
            running.decrementAndGet();
            return false;
        }
        try {
            threads.execute(() -> {
                try {
                    call.run();
                } finally {
                    running.decrementAndGet();
                }
            });
            return true;
        } catch (RejectedExecutionException noThread) {
            running.decrementAndGet();
            return false;
        }
    }
}
