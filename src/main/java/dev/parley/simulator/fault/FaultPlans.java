package dev.parley.simulator.fault;

import dev.parley.shared.settings.Secret;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How often each wish for failures was granted, so that a retry can be told from a first try: "unavailable 2" fails
 * twice and then lets one request through, and begins anew after that. Who wishes the same with the same key shares
 * the count. Bounded: the wish that was longest unheard is forgotten. Any thread.
 */
@ApplicationScoped
public class FaultPlans {
    private static final int MAX_PLANS = 1000;

    private final Map<Wish, Integer> granted = new LinkedHashMap<>(16, 0.75f, true);

    private record Wish(String scope, Secret credential, List<FaultCommand> failures) {}

    /**
     * The failure that is due, if any; each command fails as often as its number says, and for ever without one.
     *
     * @param scope what is asked for: counts of different scopes are apart
     * @param failures in their order
     */
    public synchronized Optional<FaultCommand> next(String scope, Secret credential, List<FaultCommand> failures) {
        if (failures.isEmpty()) {
            return Optional.empty();
        }
        Wish wish = new Wish(scope, credential, List.copyOf(failures));
        int before = granted.getOrDefault(wish, 0);
        int left = before;
        for (FaultCommand failure : failures) {
            if (failure.number().isEmpty()) {
                return Optional.of(failure);
            }
            if (left < failure.count(1)) {
                granted.put(wish, before + 1);
                if (granted.size() > MAX_PLANS) {
                    granted.remove(granted.keySet().iterator().next());
                }
                return Optional.of(failure);
            }
            left -= failure.count(1);
        }
        granted.remove(wish);
        return Optional.empty();
    }

    /** Wishes remembered now. */
    synchronized int remembered() {
        return granted.size();
    }
}
