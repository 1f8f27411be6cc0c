package dev.parley.security.ticket;

import dev.parley.security.SignedIn;
import java.time.Instant;
import java.util.Optional;

/**
 * What a ticket is worth.
 *
 * @param who whoever asked for it; empty where nobody signs in
 * @param origin whose pages it may be used on
 * @param until not from then on
 */
public record Ticket(Optional<SignedIn> who, String origin, Instant until) {}
