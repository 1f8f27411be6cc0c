package dev.parley.limits.store;

import dev.parley.shared.settings.ApiKey;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Where slots are kept. Shaped for a store that blocks and can fail, a database shared by several nodes: answers come
 * later, on any thread, and may be failures. The store counts; who waits, for how long and for how many tokens is not
 * its affair, and neither is a slot that a running node forgets to give back. That the slots of a node that died come
 * free is its affair.
 */
public interface LeaseStore {
    /**
     * One taken slot.
     *
     * @param id unique over all nodes and for ever
     * @param key the key it is a slot of
     * @param deadline when the conversation must be over
     */
    record Slot(String id, ApiKey key, Instant deadline) {}

    /**
     * Takes a free slot of the least loaded of {@code keys}; of equally loaded ones that whose last slot was given
     * longest ago.
     *
     * @param keys those with tokens left; not empty
     * @return empty when all their slots are taken; failed when the store cannot tell, and then no slot is taken
     */
    CompletionStage<Optional<Slot>> take(Collection<ApiKey> keys, Instant deadline);

    /** Gives a slot back; idempotent; never throws: what cannot be given back now the store itself frees later. */
    void giveBack(Slot slot);

    /** From now on so many slots of each key are given; those taken beyond it stay taken until they are given back. */
    void slotsPerKey(int slots);

    /**
     * Whom to call, on any thread, whenever a slot may have come free: given back here, on another node, or expired.
     * Set once, before the first slot is taken.
     */
    void onFreed(Runnable listener);
}
