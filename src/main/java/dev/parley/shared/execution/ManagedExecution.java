package dev.parley.shared.execution;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The container's threads and the system's clock, as the ports that the rooms ask for.
 *
 * <p>All run in pools of the application, on threads of the container's managed thread factory: they carry the
 * application's context from their beginning. Turns and timers have a few threads whatever the load. Work that may
 * block never waits for a thread: a task may wait for another one, and behind a queue both would wait for ever. The
 * container's own executors serve neither: Payara's capture the context anew for every task, and WildFly's is a few
 * threads behind a queue without a bound.
 */
@ApplicationScoped
class ManagedExecution {
    /** Turns never block, so a few more threads than processors are enough to keep them busy. */
    private static final int LEAST_TURN_THREADS = 4;

    private static final int TIMER_THREADS = 2;
    private static final long IDLE_SECONDS = 60;

    /**
     * The largest settings of all who block, together: 16 dials, 200 recordings with their answers, two pipes for each of
     * 256 workers, 128 calls of tools, and some for what is over at once. Threads are made when they are needed only.
     */
    static final int MOST_BLOCKING_THREADS = 1096;

    /** At undeploy: time for conversations to give back what they hold. */
    private static final long LAST_TURNS_SECONDS = 5;

    private static final long LAST_BLOCKING_SECONDS = 2;

    @Resource
    private ManagedThreadFactory threadFactory;

    private ThreadPoolExecutor turns;
    private ThreadPoolExecutor blocking;
    private ScheduledThreadPoolExecutor timing;

    @PostConstruct
    void begin() {
        int threads = Math.max(LEAST_TURN_THREADS, 2 * Runtime.getRuntime().availableProcessors());
        // The queue needs no bound: every owner has at most one turn in it.
        turns = FewThreads.of(threads, threadFactory);
        blocking = blockingThreads(threadFactory);
        timing = new ScheduledThreadPoolExecutor(TIMER_THREADS, threadFactory);
        timing.setRemoveOnCancelPolicy(true);
        timing.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** A thread for every task at once, and a refusal beyond the bound; no task waits for another one to end. */
    static ThreadPoolExecutor blockingThreads(ThreadFactory threadFactory) {
        return new ThreadPoolExecutor(
                0, MOST_BLOCKING_THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), threadFactory);
    }

    /** What turns are refused from here on runs on the thread of whoever asked, see {@link SerialExecutor}. */
    @PreDestroy
    void end() {
        timing.shutdown();
        blocking.shutdown();
        turns.shutdown();
        endWithin(LAST_TURNS_SECONDS, turns);
        endWithin(LAST_BLOCKING_SECONDS, blocking);
    }

    private static void endWithin(long seconds, ThreadPoolExecutor pool) {
        try {
            if (!pool.awaitTermination(seconds, TimeUnit.SECONDS)) {
                pool.shutdownNow();
            }
        } catch (InterruptedException hurried) {
            pool.shutdownNow();
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
        return blocking;
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
