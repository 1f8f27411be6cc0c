package dev.parley.limits.store;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.parley.shared.settings.ApiKey;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The slots of one node, in its memory; answers at once, on the caller's thread. Thread safe. */
public final class MemoryLeaseStore implements LeaseStore {
    private final Object lock = new Object();

    @GuardedBy("lock")
    private int slotsPerKey;

    /** By name of the key. */
    @GuardedBy("lock")
    private final Map<String, Use> uses = new HashMap<>();

    /** Numbers the slots given. */
    @GuardedBy("lock")
    private long given;

    private volatile Runnable listener = () -> {};

    /** What is taken of one key; guarded by the store's lock. */
    private static final class Use {
        final Set<String> taken = new HashSet<>();
        long lastGiven;

        int count() {
            return taken.size();
        }
    }

    /** All slots free. */
    public MemoryLeaseStore(int slotsPerKey) {
        this.slotsPerKey = slotsPerKey;
    }

    @Override
    public CompletionStage<Optional<Slot>> take(Collection<ApiKey> keys, Instant deadline) {
        synchronized (lock) {
            int most = slotsPerKey;
            return CompletableFuture.completedFuture(keys.stream()
                    .filter(key -> use(key).count() < most)
                    .min(Comparator.<ApiKey>comparingInt(key -> use(key).count())
                            .thenComparingLong(key -> use(key).lastGiven))
                    .map(key -> give(key, deadline)));
        }
    }

    @Override
    public void giveBack(Slot slot) {
        boolean wasTaken;
        synchronized (lock) {
            wasTaken = use(slot.key()).taken.remove(slot.id());
        }
        if (wasTaken) {
            listener.run();
        }
    }

    @Override
    public void slotsPerKey(int slots) {
        synchronized (lock) {
            slotsPerKey = slots;
        }
        listener.run();
    }

    @Override
    public void onFreed(Runnable freed) {
        this.listener = freed;
    }

    private Slot give(ApiKey key, Instant deadline) {
        synchronized (lock) {
            Use use = use(key);
            use.lastGiven = ++given;
            Slot slot = new Slot(Long.toString(given), key, deadline);
            use.taken.add(slot.id());
            return slot;
        }
    }

    private Use use(ApiKey key) {
        synchronized (lock) {
            return uses.computeIfAbsent(key.name(), name -> new Use());
        }
    }
}
