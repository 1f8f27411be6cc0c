package dev.parley.limits;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** The leases that conversations of this node hold. Confined to the admission's serial order. */
final class HeldLeases {
    /** A conversation ends a few seconds after its deadline at the latest; what is left then was forgotten. */
    static final Duration GRACE = Duration.ofSeconds(30);

    private static final System.Logger LOG = System.getLogger(HeldLeases.class.getName());

    /** In the order they were granted, which is the order of their deadlines. */
    private final Set<KeptLease> leases = new LinkedHashSet<>();

    void add(KeptLease lease) {
        leases.add(lease);
    }

    void remove(KeptLease lease) {
        leases.remove(lease);
    }

    /** When the next lease counts as forgotten, unless it is closed before. */
    Optional<Instant> firstReclaim() {
        return leases.stream().findFirst().map(HeldLeases::reclaimedAt);
    }

    /** Closes the leases that nobody closed; answers how many. */
    int reclaimForgotten(Instant now) {
        int reclaimed = 0;
        for (KeptLease lease : leases) {
            if (reclaimedAt(lease).isAfter(now)) {
                break;
            }
            if (lease.closeOnce()) {
                reclaimed++;
                String key = lease.key().name();
                LOG.log(System.Logger.Level.WARNING, "A lease on key {0} was not closed; taken back", key);
            }
        }
        return reclaimed;
    }

    private static Instant reclaimedAt(KeptLease lease) {
        return lease.deadline().plus(GRACE);
    }
}
