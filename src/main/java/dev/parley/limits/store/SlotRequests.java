package dev.parley.limits.store;

import dev.parley.limits.store.LeaseStore.Slot;
import dev.parley.shared.settings.ApiKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Asks a store for slots, one request at a time, and leaves one alone for a while that failed to answer. Confined to the
 * order of {@code serial}, in which the answers come too.
 */
public final class SlotRequests {
    /** How long to leave a store alone that failed to answer. */
    public static final Duration STORE_PAUSE = Duration.ofSeconds(1);

    private static final System.Logger LOG = System.getLogger(SlotRequests.class.getName());

    private final LeaseStore store;
    private final Clock clock;
    private final Executor serial;
    private final Consumer<Optional<Slot>> answered;
    private final Runnable failed;

    /** Whether an answer of the store is on its way. */
    private boolean underWay;

    /** Set when the store failed: not to be asked before. */
    private @Nullable Instant pausedUntil;

    /**
     * Nothing is asked yet.
     *
     * @param answered told what the store answers
     * @param failed told that it did not answer
     */
    public SlotRequests(
            LeaseStore store, Clock clock, Executor serial, Consumer<Optional<Slot>> answered, Runnable failed) {
        this.store = store;
        this.clock = clock;
        this.serial = serial;
        this.answered = answered;
        this.failed = failed;
    }

    /** Whether an answer is on its way. */
    public boolean isUnderWay() {
        return underWay;
    }

    /** Whether the store can be asked now. */
    public boolean mayBegin(Instant now) {
        if (pausedUntil != null && !now.isBefore(pausedUntil)) {
            pausedUntil = null;
        }
        return !underWay && pausedUntil == null;
    }

    /** When a store that failed can be asked again. */
    public Optional<Instant> pauseEnds() {
        return Optional.ofNullable(pausedUntil);
    }

    /** Asks for a slot of one of the keys; not while {@link #mayBegin} says no. */
    public void begin(List<ApiKey> keys, Instant deadline) {
        underWay = true;
        CompletionStage<Optional<Slot>> answer;
        try {
            answer = store.take(keys, deadline);
        } catch (RuntimeException failure) {
            answer = CompletableFuture.failedFuture(failure);
        }
        answer.whenComplete((slot, failure) -> serial.execute(() -> {
            underWay = false;
            if (failure == null) {
                answered.accept(slot);
            } else {
                LOG.log(System.Logger.Level.WARNING, "The store of leases does not answer; asking again soon", failure);
                pausedUntil = clock.instant().plus(STORE_PAUSE);
                failed.run();
            }
        }));
    }
}
