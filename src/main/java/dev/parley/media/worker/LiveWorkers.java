package dev.parley.media.worker;

import dev.parley.media.AudioDecoder;
import dev.parley.media.LateDecoders;
import dev.parley.media.worker.pool.WorkerPool;
import dev.parley.shared.execution.MayBlock;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** Live streams through workers. */
@ApplicationScoped
public class LiveWorkers implements LateDecoders {
    private final Supplier<WorkerPool> pool;
    private final Clock clock;
    private final Executor blocking;

    /** For CDI's client proxy only. */
    protected LiveWorkers() {
        this(
                () -> {
                    throw new IllegalStateException();
                },
                Clock.fixed(Instant.EPOCH, ZoneOffset.UTC),
                task -> {});
    }

    /** Uses the application's pool. */
    @Inject
    public LiveWorkers(ApplicationWorkers workers, Clock clock, @MayBlock Executor blocking) {
        this(workers::pool, clock, blocking);
    }

    LiveWorkers(Supplier<WorkerPool> pool, Clock clock, Executor blocking) {
        this.pool = pool;
        this.clock = clock;
        this.blocking = blocking;
    }

    @Override
    public Optional<String> missing() {
        return pool.get().unusable();
    }

    @Override
    public AudioDecoder open(Runnable wakeUp) {
        LiveWorkerDecoder decoder = new LiveWorkerDecoder(pool.get().take(), clock, blocking, wakeUp);
        decoder.start();
        return decoder;
    }
}
