package dev.parley.limits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.parley.limits.budget.Spending;
import dev.parley.shared.failure.FailureKind;
import dev.parley.shared.failure.ParleyException;
import dev.parley.shared.settings.ApiKey;
import dev.parley.shared.settings.Secret;
import dev.parley.testkit.ManualTime;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Work that holds no slot: it spends tokens of the least loaded key. */
class SpendingTest {
    private final ManualTime time = new ManualTime();
    private final NodeAdmission admission = new NodeAdmission(
            List.of(new ApiKey("a", new Secret("1")), new ApiKey("b", new Secret("2"))),
            new LimitSettings(1, Duration.ofMinutes(15), 1000, 5, Duration.ofMinutes(2)),
            time,
            time);

    @Test
    void the_key_on_which_least_is_spent_is_taken_and_no_slot() {
        Spending first = admission.spend();
        assertEquals("a", first.key().name());
        first.recordEstimate(300);
        assertEquals("b", admission.spend().key().name());
        first.recordUsage(10);
        assertEquals(10, admission.snapshot().keys().get(0).tokens(), "a report replaces the estimate");
        assertEquals(0, admission.snapshot().held());
    }

    @Test
    void when_every_budget_is_spent_it_is_refused_until_a_minute_later() {
        admission.spend().recordUsage(1000);
        admission.spend().recordUsage(1000);
        assertEquals(
                FailureKind.NO_CAPACITY,
                assertThrows(ParleyException.class, admission::spend).kind());
        time.advance(Duration.ofSeconds(61));
        assertEquals("a", admission.spend().key().name());
    }

    @Test
    void a_report_that_makes_room_lets_a_conversation_in() {
        Spending one = admission.spend();
        one.recordEstimate(1000);
        Spending other = admission.spend();
        other.recordEstimate(1000);
        Caller caller = new Caller();
        admission.apply(caller);
        assertFalse(caller.isSettled());
        one.recordUsage(1);
        assertEquals("a", caller.lease().key().name());
    }

    @Test
    void a_server_that_stops_lets_nobody_spend() {
        admission.drain();
        assertEquals(
                FailureKind.DRAINING,
                assertThrows(ParleyException.class, admission::spend).kind());
    }
}
