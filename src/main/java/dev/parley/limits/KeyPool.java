package dev.parley.limits;

import dev.parley.limits.budget.Spending;
import dev.parley.limits.budget.TokenBudget;
import dev.parley.shared.failure.FailureKind;
import dev.parley.shared.failure.ParleyException;
import dev.parley.shared.settings.ApiKey;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The keys of this node, each with its token budget and the number of its leases. The choice of keys lives in the
 * serial order of the admission; {@link #uses} is for any thread.
 */
final class KeyPool {
    /** In the order of the configuration; never changed after construction. */
    private final Map<ApiKey, Use> keys = new LinkedHashMap<>();

    /** Left out by the last choice. */
    private List<Use> spent = List.of();

    /**
     * What is used of one key.
     *
     * @param held leases held on this node
     */
    record Use(TokenBudget budget, AtomicInteger held) {
        Spending spend(ApiKey key, Runnable onRoom) {
            return budget.open(key, onRoom);
        }

        /** When there are tokens again; empty while there are some. */
        Optional<Instant> spentUntil() {
            return budget.hasRoom() ? Optional.empty() : Optional.of(budget.roomAt());
        }
    }

    /** At least one key, with different names. */
    KeyPool(List<ApiKey> keys, long tokensPerMinute, Clock clock) {
        if (keys.isEmpty() || keys.stream().map(ApiKey::name).distinct().count() != keys.size()) {
            throw new IllegalArgumentException("A key pool needs at least one key, each with a name of its own");
        }
        for (ApiKey key : keys) {
            this.keys.put(key, new Use(new TokenBudget(tokensPerMinute, clock), new AtomicInteger()));
        }
    }

    /** From now on each key may spend so many tokens a minute. */
    void tokensPerMinute(long tokens) {
        keys.values().forEach(use -> use.budget().limit(tokens));
    }

    int size() {
        return keys.size();
    }

    @Nullable
    Use use(ApiKey key) {
        return keys.get(key);
    }

    /**
     * Opens an account on the key with tokens left on which least is spent; of equals that with fewer leases. Any thread.
     *
     * @param onRoom called when a report leaves a spent budget with room again
     * @throws ParleyException {@code NO_CAPACITY} when no key has tokens left
     */
    Spending spend(Runnable onRoom) {
        return keys.entrySet().stream()
                .filter(entry -> entry.getValue().budget().hasRoom())
                .min(Comparator.comparingLong((Map.Entry<ApiKey, Use> entry) ->
                                entry.getValue().budget().spentTokens())
                        .thenComparingInt(entry -> entry.getValue().held().get()))
                .map(entry -> entry.getValue().spend(entry.getKey(), onRoom))
                .orElseThrow(() -> new ParleyException(
                        FailureKind.NO_CAPACITY,
                        "The tokens that may be spent in a minute are spent; try again in a minute"));
    }

    /** Chooses the keys with tokens left; the others are {@link #spent} until the next choice. */
    List<ApiKey> chooseWithTokens() {
        List<ApiKey> chosen = new ArrayList<>();
        List<Use> left = new ArrayList<>();
        keys.forEach((key, use) -> {
            if (use.budget().hasRoom()) {
                chosen.add(key);
            } else {
                left.add(use);
            }
        });
        spent = left;
        return chosen;
    }

    /** What the last choice found, as the beginning of a sentence. */
    String whyNoSlot() {
        return spent.size() == keys.size()
                ? "The tokens that may be spent in a minute are spent"
                : "All conversations are taken";
    }

    /** When the keys that the last choice left out have tokens again; some of them may have by now. */
    Stream<Instant> tokensBackAt() {
        return spent.stream().map(use -> use.budget().roomAt());
    }

    List<LimitsSnapshot.KeyUse> uses() {
        return keys.entrySet().stream()
                .map(entry -> new LimitsSnapshot.KeyUse(
                        entry.getKey().name(),
                        entry.getValue().held().get(),
                        entry.getValue().budget().spentTokens(),
                        entry.getValue().spentUntil()))
                .toList();
    }
}
