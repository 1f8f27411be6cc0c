package dev.parley.limits;

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
    private final TokenBudget budget;
    private final TokenBudget.Account account;
    private final Consumer<KeptLease> onClose;
    private final Runnable onRoom;
    private final AtomicBoolean closed = new AtomicBoolean();

    /**
     * A slot in use.
     *
     * @param onClose called once
     * @param onRoom called when a report leaves a spent budget with room again
     */
    KeptLease(LeaseStore.Slot slot, TokenBudget budget, Consumer<KeptLease> onClose, Runnable onRoom) {
        this.slot = slot;
        this.budget = budget;
        this.account = budget.open();
        this.onClose = onClose;
        this.onRoom = onRoom;
    }

    LeaseStore.Slot slot() {
        return slot;
    }

    @Override
    public ApiKey key() {
        return slot.key();
    }

    @Override
    public Instant deadline() {
        return slot.deadline();
    }

    @Override
    public void recordAudio(long millis) {
        account.addAudio(millis);
    }

    @Override
    public void recordUsage(long totalTokens) {
        if (account.report(totalTokens)) {
            onRoom.run();
        }
    }

    @Override
    public boolean withinTokenBudget() {
        return budget.hasRoom();
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
