package dev.parley.gemini.tyrus;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Bounds how many dials block a thread at once; the rest wait in order, up to a bound. Dials run on the executor's
 * threads.
 */
final class DialQueue {
    private static final System.Logger LOG = System.getLogger(DialQueue.class.getName());

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

    /** Takes a dial; false when too many wait or the executor refuses, as while the application is stopped. */
    boolean submit(Runnable dial) {
        synchronized (lock) {
            if (running == most) {
                return waiting.size() < mostWaiting && waiting.add(dial);
            }
            running++;
        }
        boolean taken = false;
        try {
            threads.execute(() -> runAll(dial));
            taken = true;
        } catch (RuntimeException stopping) { // servers refuse with exceptions of their own
            LOG.log(System.Logger.Level.DEBUG, "The executor refuses a dial", stopping);
        } finally { // also after an Error, such as no memory for another thread
            if (!taken) {
                synchronized (lock) {
                    running--;
                }
            }
        }
        return taken;
    }

    private void runAll(Runnable first) {
        @Nullable Runnable dial = first;
        while (dial != null) {
            try {
                dial.run();
            } catch (RuntimeException | Error defect) { // an Error too: those that wait must be dialled
                LOG.log(System.Logger.Level.ERROR, "A dial threw", defect);
            }
            synchronized (lock) {
                dial = waiting.poll();
                if (dial == null) {
                    running--;
                }
            }
        }
    }
}
