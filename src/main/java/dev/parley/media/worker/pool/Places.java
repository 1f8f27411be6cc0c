package dev.parley.media.worker.pool;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.parley.shared.execution.Cancellation;
import dev.parley.shared.failure.ParleyException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** So many places, given in the order in which they are asked for; whoever waits can be called off. Thread safe. */
final class Places {
    @GuardedBy("this")
    private final ArrayDeque<CompletableFuture<Void>> waiting = new ArrayDeque<>();

    @GuardedBy("this")
    private int free;

    @GuardedBy("this")
    private boolean closed;

    Places(int places) {
        free = places;
    }

    /**
     * Takes a place.
     *
     * @return false when none became free in time
     * @throws ParleyException {@code DRAINING} once closed
     * @throws java.util.concurrent.CancellationException when it was cancelled
     */
    boolean take(Duration patience, Cancellation cancellation) {
        CompletableFuture<Void> place = ask();
        Cancellation.Registration leaving = cancellation.onCancel(() -> place.cancel(false));
        try {
            place.get(patience.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException late) {
            place.cancel(false);
            return !place.isCompletedExceptionally(); // it may have come at the last moment
        } catch (ExecutionException over) {
            throw WorkerFailures.stopping();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            place.cancel(false);
            if (!place.isCompletedExceptionally()) {
                release();
            }
            throw WorkerFailures.stopping();
        } finally {
            leaving.close();
        }
    }

    private synchronized CompletableFuture<Void> ask() {
        CompletableFuture<Void> place = new CompletableFuture<>();
        if (closed) {
            place.completeExceptionally(WorkerFailures.stopping());
        } else if (free > 0) {
            free--;
            place.complete(null);
        } else {
            waiting.removeIf(CompletableFuture::isDone); // those who left
            waiting.add(place);
        }
        return place;
    }

    /** Gives a place back, to the first who waits. */
    synchronized void release() {
        for (CompletableFuture<Void> next = waiting.poll(); next != null; next = waiting.poll()) {
            if (next.complete(null)) {
                return;
            }
        }
        free++;
    }

    /** Tells whoever waits, or comes, that there will be none. */
    synchronized void close() {
        closed = true;
        waiting.forEach(place -> place.completeExceptionally(WorkerFailures.stopping()));
        waiting.clear();
    }
}
