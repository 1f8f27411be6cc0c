package dev.parley.shared.execution;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/** The container's threads and the system's clock, as the ports that the rooms ask for. */
@ApplicationScoped
class ManagedExecution {
    @Resource
    private ManagedExecutorService executor;

    @Resource
    private ManagedScheduledExecutorService scheduler;

    @Resource
    private ManagedThreadFactory threadFactory;

    @Produces
    Executor executor() {
        return task -> executor.execute(new AcceptedTask(task));
    }

    @Produces
    Timers timers() {
        return this::schedule;
    }

    @Produces
    ThreadFactory threadFactory() {
        return threadFactory;
    }

    @Produces
    Clock clock() {
        return Clock.systemUTC();
    }

    private Timers.Timer schedule(Duration delay, Runnable task) {
        ScheduledFuture<?> scheduled = scheduler.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> scheduled.cancel(false);
    }
}
