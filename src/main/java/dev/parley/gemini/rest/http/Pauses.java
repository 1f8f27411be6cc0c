package dev.parley.gemini.rest.http;

import dev.parley.shared.execution.Cancellation;
import dev.parley.shared.execution.Timers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Waits on a thread that may block. Thread safe. */
public final class Pauses {
    private final Timers timers;

    /** Waits by these timers. */
    public Pauses(Timers timers) {
        this.timers = timers;
    }

    /**
     * Returns after {@code time}.
     *
     * @throws java.util.concurrent.CancellationException as soon as it is cancelled
     */
    public void await(Duration time, Cancellation cancellation) {
        CompletableFuture<Void> over = new CompletableFuture<>();
        Timers.Timer timer = timers.schedule(time, () -> over.complete(null));
        Cancellation.Registration registration = cancellation.onCancel(() -> over.complete(null));
        try {
            over.join();
        } finally {
            registration.close();
            timer.cancel();
        }
        cancellation.check();
    }
}
