package dev.parley.shared.stream;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.io.InterruptedIOException;
import org.jspecify.annotations.Nullable;

/**
 * Calls that wait for a stranger, one at a time, and how another thread ends them: by interrupting whoever waits, there
 * and nowhere else. Servers offer no other way out of a blocked read or write that works on all of them. Thread safe.
 */
public final class WaitingCalls {
    @GuardedBy("this")
    private @Nullable Thread caller;

    @GuardedBy("this")
    private boolean interrupted;

    @GuardedBy("this")
    private boolean ended;

    /** What may wait. */
    @FunctionalInterface
    public interface Call<T> {
        /** Does it. */
        T run() throws IOException;
    }

    /**
     * Makes a call on this thread.
     *
     * @throws IOException also when it was ended
     */
    public <T> T run(Call<T> call) throws IOException {
        synchronized (this) {
            if (ended) {
                throw new InterruptedIOException("ended before");
            }
            caller = Thread.currentThread();
        }
        try {
            return call.run();
        } finally {
            synchronized (this) {
                caller = null;
                if (interrupted) {
                    interrupted = false;
                    Thread.interrupted(); // it was meant for this call only
                }
            }
        }
    }

    /** Ends the call in progress, if there is one; later ones are made. */
    public synchronized void interrupt() {
        if (caller != null && !interrupted) {
            interrupted = true;
            caller.interrupt();
        }
    }

    /** Ends the call in progress and every later one. */
    public synchronized void end() {
        ended = true;
        interrupt();
    }
}
