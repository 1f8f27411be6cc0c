package dev.parley.limits.caller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.limits.Admission;
import dev.parley.limits.LimitSettings;
import dev.parley.limits.NodeAdmission;
import dev.parley.limits.SessionLease;
import dev.parley.shared.failure.FailureKind;
import dev.parley.shared.settings.ApiKey;
import dev.parley.shared.settings.Secret;
import dev.parley.testkit.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How many conversations one caller may have at once. */
class CallerSeatsTest {
    private final ManualTime time = new ManualTime();
    private final NodeAdmission node = new NodeAdmission(
            List.of(new ApiKey("k", new Secret("key"))),
            new LimitSettings(3, Duration.ofMinutes(15), 1_000_000, 2, Duration.ofMinutes(1)),
            time,
            time);
    private final CallerSeats seats = new CallerSeats(node, 2);

    /** One who asks, and what they heard. */
    private final class Asker implements Admission.Applicant {
        private final List<String> heard = new ArrayList<>();
        private final List<SessionLease> leases = new ArrayList<>();
        private final Admission.Ticket ticket;

        Asker(String caller) {
            ticket = seats.of(caller).apply(this);
        }

        @Override
        public void granted(SessionLease lease) {
            heard.add("granted");
            leases.add(lease);
        }

        @Override
        public void waiting(int position, int ahead) {
            heard.add("waiting");
        }

        @Override
        public void refused(FailureKind kind, String message) {
            heard.add(kind + (message.contains("You have 2 conversations") ? " by seat" : ""));
        }

        String last() {
            return heard.get(heard.size() - 1);
        }
    }

    @Test
    void a_caller_has_so_many_and_another_one_their_own() {
        Asker first = new Asker("anna");
        new Asker("anna");
        assertEquals(List.of("NO_CAPACITY by seat"), new Asker("anna").heard);
        assertEquals("granted", new Asker("ben").last());
        first.leases.get(0).close();
        first.leases.get(0).close();
        assertEquals("granted", new Asker("anna").last());
        assertEquals(List.of("NO_CAPACITY by seat"), new Asker("anna").heard);
    }

    @Test
    void a_place_in_the_line_is_a_seat_until_it_is_left() {
        new Asker("x");
        new Asker("x");
        new Asker("y");
        Asker waiting = new Asker("anna");
        assertEquals("waiting", waiting.last());
        assertEquals("waiting", new Asker("anna").last());
        assertEquals("NO_CAPACITY by seat", new Asker("anna").last());
        waiting.ticket.withdraw();
        assertEquals("waiting", new Asker("anna").last());
    }

    @Test
    void a_refusal_of_the_line_frees_the_seat() {
        new Asker("x");
        new Asker("x");
        new Asker("y");
        Asker patient = new Asker("anna");
        Asker other = new Asker("anna");
        time.advance(Duration.ofMinutes(1));
        assertEquals("NO_CAPACITY", patient.last());
        assertEquals("NO_CAPACITY", other.last());
        assertTrue(new Asker("anna").last().startsWith("waiting"));
    }

    @Test
    void the_lease_is_the_one_below() {
        Asker anna = new Asker("anna");
        SessionLease lease = anna.leases.get(0);
        assertEquals("k", lease.key().name());
        assertEquals(time.instant().plus(Duration.ofMinutes(15)), lease.deadline());
        lease.recordAudio(1_000);
        lease.recordEstimate(10);
        assertTrue(lease.withinTokenBudget());
        lease.recordUsage(1_000_001);
        assertEquals(false, lease.withinTokenBudget());
    }
}
