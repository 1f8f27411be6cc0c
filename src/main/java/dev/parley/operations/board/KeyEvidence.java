package dev.parley.operations.board;

import java.time.Instant;
import java.util.Optional;

/**
 * What was last seen of a key.
 *
 * @param health what that means
 * @param why in words; empty while all is well
 * @param at when
 * @param until when it may be well again; empty where nobody can tell
 */
public record KeyEvidence(Health health, String why, Instant at, Optional<Instant> until) {
    /** How a key fares. */
    public enum Health {
        /** Nobody has used it since the start. */
        UNUSED,
        /** The upstream took it. */
        OK,
        /** The upstream refused it, or what was asked with it. */
        REFUSED,
        /** What may be spent with it is spent. */
        QUOTA
    }

    /** Nothing was seen yet. */
    public static KeyEvidence none(Instant at) {
        return new KeyEvidence(Health.UNUSED, "", at, Optional.empty());
    }
}
