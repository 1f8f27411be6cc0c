package dev.parley.limits;

import dev.parley.limits.budget.Spending;
import dev.parley.limits.store.LeaseStore;
import dev.parley.shared.settings.ApiKey;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * A slot in use. Its life: made for one applicant, closed by the conversation or, when that forgets it, reclaimed
 * after its deadline; whichever comes first gives the slot back, once. What was spent is counted also afterwards,
 * since a last report of usage may come late and is billed all the same. Thread safe.
 */
final class KeptLease implements SessionLease {
    private final LeaseStore.Slot slot;
    private final Spending spending;
    private final Consumer<KeptLease> onClose;
    private final AtomicBoolean closed = new AtomicBoolean();

    /**
     * A slot in use.
     *
     * @param spending on the slot's key
     * @param onClose called once
     */
    KeptLease(LeaseStore.Slot slot, Spending spending, Consumer<KeptLease> onClose) {
        this.slot = slot;
        this.spending = spending;
        this.onClose = onClose;
    }

    LeaseStore.Slot slot() {
        return slot;
    }

    @Override
    public ApiKey key() {
        return spending.key();
    }

    @Override
    public Instant deadline() {
        return slot.deadline();
    }

    @Override
    public void recordAudio(long millis) {
        spending.recordAudio(millis);
    }

    @Override
    public void recordEstimate(long tokens) {
        spending.recordEstimate(tokens);
    }

    @Override
    public void recordUsage(long totalTokens) {
        spending.recordUsage(totalTokens);
    }

    @Override
    public boolean withinTokenBudget() {
        return spending.withinTokenBudget();
    }

    @Override
    public void close() {
        closeOnce();
    }

    /** True for the one caller who closed it. */
    boolean closeOnce() {
        boolean first = closed.compareAndSet(false, true);
        if (first) {
            onClose.accept(this);
        }
        return first;
    }
}
