package dev.parley.media.worker;

import dev.parley.media.worker.launch.JarLauncher;
import dev.parley.media.worker.launch.WorkerResources;
import dev.parley.media.worker.launch.WorkerSettings;
import dev.parley.media.worker.pool.WorkerCounters;
import dev.parley.media.worker.pool.WorkerPool;
import dev.parley.shared.execution.MayBlock;
import dev.parley.shared.execution.Timers;
import dev.parley.shared.settings.SettingsReader;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContext;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The application's one pool of workers, from the application's start, where it learns of the WAR's content, to its end.
 * Starts nothing itself.
 */
@ApplicationScoped
public class ApplicationWorkers {
    private static final System.Logger LOG = System.getLogger(ApplicationWorkers.class.getName());

    private final WorkerSettings settings;
    private final WorkerCounters counters;
    private final Timers timers;
    private final Executor blocking;
    private volatile @Nullable WorkerPool pool;

    /** For CDI's client proxy only. */
    protected ApplicationWorkers() {
        this(new SettingsReader(name -> Optional.empty()), new WorkerCounters(), (delay, task) -> () -> {}, task -> {});
    }

    /** Reads the settings; nonsense in them stops the deployment. */
    @Inject
    public ApplicationWorkers(
            SettingsReader reader, WorkerCounters counters, Timers timers, @MayBlock Executor blocking) {
        settings = WorkerSettings.read(reader);
        this.counters = counters;
        this.timers = timers;
        this.blocking = blocking;
    }

    void start(@Observes @Initialized(ApplicationScoped.class) Object started) {
        WorkerResources resources =
                started instanceof ServletContext context ? new WarResources(context) : WarResources.NONE;
        WorkerPool created = new WorkerPool(new JarLauncher(resources, settings), settings, counters, timers, blocking);
        pool = created;
        LOG.log(
                System.Logger.Level.INFO,
                created.unusable()
                        .map(why -> "AAC, MP3 and the like cannot be decoded: " + why)
                        .orElse("AAC, MP3 and the like are decoded by at most " + settings.workers() + " workers"));
    }

    /** The pool; there is one as soon as the application has started. */
    WorkerPool pool() {
        WorkerPool started = pool;
        if (started == null) {
            throw new IllegalStateException("the application has not started");
        }
        return started;
    }

    /** Worker processes now; for metrics. */
    public int running() {
        WorkerPool started = pool;
        return started == null ? 0 : started.running();
    }

    @PreDestroy
    void stop() {
        WorkerPool started = pool;
        if (started != null) {
            started.close();
        }
    }
}
