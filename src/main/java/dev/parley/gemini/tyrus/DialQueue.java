package dev.parley.gemini.tyrus;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Bounds how many dials block a thread at once; the rest wait in order, up to a bound. Dials run on the executor's
 * threads.
 */
final class DialQueue {
    private final Executor threads;
    private final int most;
    private final int mostWaiting;
    private final Object lock = new Object();

    @GuardedBy("lock")
    private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();

    @GuardedBy("lock")
    private int running;

    DialQueue(Executor threads, int most, int mostWaiting) {
        this.threads = threads;
        this.most = most;
        this.mostWaiting = mostWaiting;
    }

    /** Takes a dial, which must not throw; false when too many wait or the executor is shut down. */
    boolean submit(Runnable dial) {
        synchronized (lock) {
            if (running == most) {
                return waiting.size() < mostWaiting && waiting.add(dial);
            }
            running++;
        }
        try {
            threads.execute(() -> runAll(dial));
            return true;
        } catch (RejectedExecutionException stopping) {
            synchronized (lock) {
                running--;
            }
            return false;
        }
    }

    private void runAll(Runnable first) {
        Runnable dial = first;
        while (dial != null) {
            try {
                dial.run();
            } finally {
                synchronized (lock) {
                    dial = waiting.poll();
                    if (dial == null) {
                        running--;
                    }
                }
            }
        }
    }
}
