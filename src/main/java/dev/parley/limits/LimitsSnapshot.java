package dev.parley.limits;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is in use and what has happened so far, of about one moment.
 *
 * @param keys in the order of the configuration
 * @param waiting who waits for a slot
 * @param granted leases given since the start
 * @param refused applicants refused since the start
 * @param reclaimed leases taken back since the start because nobody closed them: each is a defect
 */
public record LimitsSnapshot(List<KeyUse> keys, int waiting, long granted, long refused, long reclaimed) {
    /**
     * What is used of one key.
     *
     * @param name the operator's name for the key
     * @param held leases held now
     * @param tokens spent within the last minute, estimates included
     * @param spentUntil when there are tokens again; empty while there are some
     */
    public record KeyUse(String name, int held, long tokens, Optional<Instant> spentUntil) {}

    /** Leases held now, on all keys. */
    public int held() {
        return keys.stream().mapToInt(KeyUse::held).sum();
    }
}
