package dev.parley.security.ticket;

import java.util.Optional;

/** Where tickets are until they are used; knows their digests only. Thread safe. */
public interface TicketStore {
    /**
     * Keeps a ticket.
     *
     * @return false when there is no room; then it is not kept
     */
    boolean put(String digest, Ticket ticket);

    /** Takes a ticket out; of two who ask for one at once, one gets it. */
    Optional<Ticket> take(String digest);
}
