package dev.parley.shared.execution;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Pools of a few threads whatever the load, made when there is work and ended when there is none for a while. Their queue has
 * no bound: whoever asks for a pool bounds what waits in it.
 */
public final class FewThreads {
    private static final long IDLE_SECONDS = 60;

    private FewThreads() {}

    /** A pool of that many threads, which its owner shuts down. */
    public static ThreadPoolExecutor of(int threads, ThreadFactory threadFactory) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                threads, threads, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), threadFactory);
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }
}
