package dev.parley.shared.execution;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;

/** Tells work that nobody wants its result any more. Once cancelled it stays so. Thread safe. */
public final class Cancellation {
    private static final Logger LOG = System.getLogger(Cancellation.class.getName());

    private final Object lock = new Object();

    @GuardedBy("lock")
    private final List<Runnable> actions = new ArrayList<>();

    @GuardedBy("lock")
    private boolean cancelled;

    /** Takes an action back. */
    @FunctionalInterface
    public interface Registration extends AutoCloseable {
        @Override
        void close();
    }

    /** Runs what was registered, on this thread, also what comes after an action that fails; idempotent. */
    public void cancel() {
        List<Runnable> due;
        synchronized (lock) {
            cancelled = true;
            due = List.copyOf(actions);
            actions.clear();
        }
        due.forEach(Cancellation::run);
    }

    private static void run(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException failure) {
            LOG.log(Level.ERROR, "Something could not be called off", failure);
        }
    }

    /** Whether it was cancelled. */
    public boolean isCancelled() {
        synchronized (lock) {
            return cancelled;
        }
    }

    /** Goes on only while nobody has cancelled. */
    public void check() {
        if (isCancelled()) {
            throw new CancellationException();
        }
    }

    /** Runs {@code action}, which must not block, at the cancelling; at once when that has been. */
    public Registration onCancel(Runnable action) {
        synchronized (lock) {
            if (!cancelled) {
                actions.add(action);
                return () -> {
                    synchronized (lock) {
                        actions.remove(action);
                    }
                };
            }
        }
        run(action);
        return () -> {};
    }
}
