package dev.parley.shared.execution;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The container's threads and the system's clock, as the ports that the rooms ask for.
 *
 * <p>Turns and timers run in two small pools of the application, on threads of the container's managed thread factory:
 * they carry the application's context from their beginning, and their number does not depend on the load. The
 * container's own executors are for work that may block. Payara's capture the context anew for every task, which looks
 * through the class path each time, and grow by a thread for every task that finds none idle: measured at 100
 * conversations, that was a fifth of all CPU and some sixty threads.
 */
@ApplicationScoped
class ManagedExecution {
    /** Turns never block, so a few more threads than processors are enough to keep them busy. */
    private static final int LEAST_TURN_THREADS = 4;

    private static final int TIMER_THREADS = 2;
    private static final long IDLE_SECONDS = 60;

    /** At undeploy: time for conversations to give back what they hold. */
    private static final long LAST_TURNS_SECONDS = 5;

    @Resource
    private ManagedExecutorService executor;

    @Resource
    private ManagedThreadFactory threadFactory;

    private ThreadPoolExecutor turns;
    private ScheduledThreadPoolExecutor timing;

    @PostConstruct
    void begin() {
        int threads = Math.max(LEAST_TURN_THREADS, 2 * Runtime.getRuntime().availableProcessors());
        // The queue needs no bound: every owner has at most one turn in it.
        turns = new ThreadPoolExecutor(
                threads, threads, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), threadFactory);
        turns.allowCoreThreadTimeOut(true);
        timing = new ScheduledThreadPoolExecutor(TIMER_THREADS, threadFactory);
        timing.setRemoveOnCancelPolicy(true);
        timing.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** What is refused from here on runs on the thread of whoever asked, see {@link SerialExecutor}. */
    @PreDestroy
    void end() {
        timing.shutdown();
        turns.shutdown();
        try {
            if (!turns.awaitTermination(LAST_TURNS_SECONDS, TimeUnit.SECONDS)) {
                turns.shutdownNow();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Produces
    Executor turns() {
        return turns;
    }

    @Produces
    @MayBlock
    Executor blocking() {
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
        ScheduledFuture<?> scheduled = timing.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> scheduled.cancel(false);
    }
}
