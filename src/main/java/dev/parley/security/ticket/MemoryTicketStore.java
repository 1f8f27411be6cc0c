package dev.parley.security.ticket;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps the tickets of this node; the expired ones go when room is needed, and none that is good. Thread safe. */
final class MemoryTicketStore implements TicketStore {
    static final int MOST = 10_000;

    private final Clock clock;

    @GuardedBy("this")
    private final Map<String, Ticket> tickets = new LinkedHashMap<>();

    MemoryTicketStore(Clock clock) {
        this.clock = clock;
    }

    @Override
    public synchronized boolean put(String digest, Ticket ticket) {
        Instant now = clock.instant();
        if (tickets.size() >= MOST) {
            tickets.values().removeIf(old -> !now.isBefore(old.until()));
        }
        if (tickets.size() >= MOST) {
            return false;
        }
        tickets.put(digest, ticket);
        return true;
    }

    @Override
    public synchronized Optional<Ticket> take(String digest) {
        @Nullable Ticket taken = tickets.remove(digest);
        return Optional.ofNullable(taken);
    }
}
