package dev.parley.testkit;

import dev.parley.shared.execution.Timers;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/** Daemon threads and real timers behind the product's ports, for tests with sockets. */
public final class RealThreads implements Timers, AutoCloseable {
    private final ThreadFactory factory = task -> {
        Thread thread = new Thread(task, "test");
        thread.setDaemon(true);
        return thread;
    };
    private final ExecutorService executor = Executors.newCachedThreadPool(factory);
    private final ScheduledThreadPoolExecutor timers = new ScheduledThreadPoolExecutor(1, factory);

    /** As the pool for work that may block. */
    public Executor executor() {
        return executor;
    }

    /** As the container's managed thread factory. */
    public ThreadFactory factory() {
        return factory;
    }

    @Override
    public Timer schedule(Duration delay, Runnable task) {
        ScheduledFuture<?> scheduled = timers.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> scheduled.cancel(false);
    }

    @Override
    public void close() {
        timers.shutdownNow();
        executor.shutdownNow();
    }
}
