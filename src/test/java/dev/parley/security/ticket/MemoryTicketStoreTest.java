package dev.parley.security.ticket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.testkit.ManualTime;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Room for so many tickets, and each is taken once. */
class MemoryTicketStoreTest {
    private final ManualTime time = new ManualTime();
    private final MemoryTicketStore store = new MemoryTicketStore(time);

    private Ticket ticket() {
        return new Ticket(Optional.empty(), "https://a.example", time.instant().plusSeconds(60));
    }

    @Test
    void each_is_taken_once() {
        Ticket ticket = ticket();
        assertTrue(store.put("x", ticket));
        assertEquals(Optional.of(ticket), store.take("x"));
        assertEquals(Optional.empty(), store.take("x"));
    }

    @Test
    void expired_ones_make_room_and_good_ones_do_not() {
        for (int i = 0; i < MemoryTicketStore.MOST; i++) {
            assertTrue(store.put("t" + i, ticket()));
        }
        assertFalse(store.put("one more", ticket()));
        assertTrue(store.take("t0").isPresent());
        time.advance(Duration.ofSeconds(60));
        assertTrue(store.put("one", ticket()));
        assertTrue(store.put("another", ticket()));
        assertEquals(Optional.empty(), store.take("t1"));
    }
}
