package dev.parley.limits;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.shared.execution.Timers;
import dev.parley.shared.failure.FailureKind;
import dev.parley.shared.settings.ApiKey;
import dev.parley.shared.settings.Secret;
import dev.parley.testkit.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NodeAdmissionTest {
    private static final ApiKey A = new ApiKey("a", new Secret("secret-a"));
    private static final ApiKey B = new ApiKey("b", new Secret("secret-b"));
    private static final LimitSettings SETTINGS =
            new LimitSettings(3, Duration.ofMinutes(15), 1000, 2, Duration.ofMinutes(2));

    private final ManualTime time = new ManualTime();
    private final NodeAdmission admission = new NodeAdmission(List.of(A), SETTINGS, time, time);

    @Test
    void three_callers_talk_at_once_until_their_deadline() {
        List<Caller> callers = callers(3);
        callers.forEach(caller -> assertEquals(List.of("granted"), caller.heard));
        assertEquals(
                time.instant().plus(Duration.ofMinutes(15)),
                callers.get(0).lease().deadline());
        assertEquals(A, callers.get(0).lease().key());
        assertEquals(3, admission.snapshot().held());
        assertEquals(3, admission.snapshot().granted());
    }

    @Test
    void the_fourth_caller_waits_and_starts_by_itself_when_a_slot_is_free() {
        List<Caller> callers = callers(4);
        assertEquals(List.of("waiting 1"), callers.get(3).heard);
        assertEquals(1, admission.snapshot().waiting());
        callers.get(1).lease().close();
        assertEquals(List.of("waiting 1", "granted"), callers.get(3).heard);
        assertEquals(3, admission.snapshot().held());
        assertEquals(0, admission.snapshot().waiting());
    }

    @Test
    void a_place_is_told_again_only_when_it_changed() {
        List<Caller> callers = callers(5);
        callers.get(3).withdraw();
        time.advance(Duration.ofSeconds(10));
        assertEquals(List.of("waiting 1"), callers.get(3).heard);
        assertEquals(List.of("waiting 2", "waiting 1"), callers.get(4).heard);
    }

    @Test
    void a_full_waiting_room_refuses_with_a_sentence() {
        List<Caller> callers = callers(6);
        assertEquals(List.of("refused NO_CAPACITY"), callers.get(5).heard);
        assertTrue(callers.get(5).sentence.contains("waiting room is full"), callers.get(5).sentence);
        assertEquals(1, admission.snapshot().refused());
        assertEquals(2, admission.snapshot().waiting());
    }

    @Test
    void without_a_waiting_room_who_finds_no_slot_is_refused_at_once() {
        NodeAdmission strict = new NodeAdmission(
                List.of(A), new LimitSettings(1, Duration.ofMinutes(1), 1000, 0, Duration.ofMinutes(1)), time, time);
        assertEquals(List.of("granted"), Caller.at(strict).heard);
        assertEquals(List.of("refused NO_CAPACITY"), Caller.at(strict).heard);
    }

    @Test
    void patience_ends_for_each_two_minutes_after_coming() {
        callers(3);
        Caller first = Caller.at(admission);
        time.advance(Duration.ofSeconds(30));
        Caller second = Caller.at(admission);
        time.advance(Duration.ofSeconds(90));
        assertEquals(List.of("waiting 1", "refused NO_CAPACITY"), first.heard);
        assertEquals(List.of("waiting 2", "waiting 1"), second.heard);
        time.advance(Duration.ofMillis(29_999));
        assertFalse(second.isSettled());
        time.advance(Duration.ofMillis(1));
        assertEquals(FailureKind.NO_CAPACITY, second.refusal);
    }

    @Test
    void who_left_the_line_hears_nothing_more() {
        List<Caller> callers = callers(4);
        callers.get(3).withdraw();
        callers.get(3).withdraw();
        callers.get(0).lease().close();
        time.advance(Duration.ofMinutes(5));
        assertEquals(List.of("waiting 1"), callers.get(3).heard);
        assertEquals(2, admission.snapshot().held());
    }

    @Test
    void closing_twice_frees_one_slot() {
        List<Caller> callers = callers(5);
        callers.get(0).lease().close();
        callers.get(0).lease().close();
        assertTrue(callers.get(3).isSettled());
        assertFalse(callers.get(4).isSettled());
    }

    @Test
    void the_least_loaded_key_is_taken_and_equal_ones_in_turn() {
        NodeAdmission pool = new NodeAdmission(List.of(A, B), SETTINGS, time, time);
        List<Caller> callers =
                IntStream.range(0, 6).mapToObj(i -> Caller.at(pool)).toList();
        assertEquals(
                List.of("a", "b", "a", "b", "a", "b"),
                callers.stream().map(c -> c.lease().key().name()).toList());
        callers.get(0).lease().close();
        callers.get(2).lease().close();
        callers.get(1).lease().close();
        assertEquals("a", Caller.at(pool).lease().key().name()); // a holds one, b two
        assertEquals("b", Caller.at(pool).lease().key().name()); // both two; b's last slot is longer ago
    }

    @Test
    void a_key_with_spent_tokens_gives_no_slot_until_the_minute_has_room_again() {
        Caller talking = Caller.at(admission);
        talking.lease().recordUsage(1000);
        assertFalse(talking.lease().withinTokenBudget());
        Caller next = Caller.at(admission);
        assertEquals(List.of("waiting 1"), next.heard);
        time.advance(Duration.ofSeconds(59));
        assertFalse(next.isSettled());
        time.advance(Duration.ofSeconds(2));
        assertEquals(List.of("waiting 1", "granted"), next.heard);
        assertTrue(talking.lease().withinTokenBudget());
    }

    @Test
    void a_refusal_for_want_of_tokens_says_so() {
        Caller talking = Caller.at(admission);
        Caller waiting = new Caller();
        for (int second = 0; second <= 120; second++) {
            talking.lease().recordUsage(1000);
            if (second == 0) {
                admission.apply(waiting);
            }
            time.advance(Duration.ofSeconds(1));
        }
        assertEquals(FailureKind.NO_CAPACITY, waiting.refusal);
        assertTrue(waiting.sentence.contains("tokens"), waiting.sentence);
    }

    @Test
    void a_pool_goes_on_with_the_key_that_has_tokens_left() {
        NodeAdmission pool = new NodeAdmission(List.of(A, B), SETTINGS, time, time);
        Caller first = Caller.at(pool);
        first.lease().recordUsage(5000);
        assertEquals("b", Caller.at(pool).lease().key().name());
        assertEquals("b", Caller.at(pool).lease().key().name());
    }

    @Test
    void a_report_below_the_estimate_lets_the_next_one_in_at_once() {
        Caller talking = Caller.at(admission);
        talking.lease().recordAudio(40_000); // 1000 tokens by estimate
        Caller next = Caller.at(admission);
        assertEquals(List.of("waiting 1"), next.heard);
        talking.lease().recordUsage(400);
        assertEquals(List.of("waiting 1", "granted"), next.heard);
        assertEquals(400, admission.snapshot().keys().get(0).tokens());
    }

    @Test
    void a_forgotten_lease_is_taken_back_after_its_deadline() {
        List<Caller> callers = callers(3);
        time.advance(Duration.ofMinutes(15).plus(Duration.ofSeconds(29)));
        Caller waiting = Caller.at(admission);
        assertFalse(waiting.isSettled());
        time.advance(Duration.ofSeconds(1));
        assertTrue(waiting.isSettled());
        assertEquals(3, admission.snapshot().reclaimed());
        assertEquals(1, admission.snapshot().held());
        callers.forEach(caller -> caller.lease().close());
        assertEquals(1, admission.snapshot().held());
        assertEquals(0, admission.snapshot().waiting());
    }

    @Test
    void draining_refuses_who_waits_and_who_comes_and_lets_the_others_finish() {
        List<Caller> callers = callers(5);
        admission.drain();
        admission.drain();
        callers.add(Caller.at(admission));
        for (Caller caller : callers.subList(3, 6)) {
            assertEquals(FailureKind.DRAINING, caller.refusal);
        }
        assertEquals(3, admission.snapshot().held());
        callers.subList(0, 3).forEach(caller -> caller.lease().close());
        assertEquals(0, admission.snapshot().held());
        assertEquals(3, admission.snapshot().refused());
    }

    @Test
    void after_draining_people_are_let_in_again() {
        admission.drain();
        assertTrue(admission.isDraining());
        admission.accept();
        assertFalse(admission.isDraining());
        assertEquals(List.of("granted"), Caller.at(admission).heard);
        assertDoesNotThrow(admission::spend);
    }

    @Test
    void more_slots_let_in_who_waits_and_fewer_take_nothing_away() {
        List<Caller> callers = callers(5);
        admission.limit(SETTINGS.with(Map.of("sessions-per-key", "4")));
        assertEquals(List.of("waiting 1", "granted"), callers.get(3).heard);
        assertEquals(List.of("waiting 2", "waiting 1"), callers.get(4).heard);
        admission.limit(SETTINGS.with(Map.of("sessions-per-key", "1")));
        assertEquals(4, admission.snapshot().held());
        callers.subList(0, 3).forEach(caller -> caller.lease().close());
        assertEquals(List.of("waiting 2", "waiting 1"), callers.get(4).heard);
        callers.get(3).lease().close();
        assertEquals(List.of("waiting 2", "waiting 1", "granted"), callers.get(4).heard);
    }

    @Test
    void a_shorter_wait_and_a_smaller_room_count_for_those_who_wait_already() {
        List<Caller> callers = callers(5);
        time.advance(Duration.ofSeconds(30));
        admission.limit(SETTINGS.with(Map.of("waiting-room", "1")));
        assertEquals(FailureKind.NO_CAPACITY, callers.get(4).refusal);
        assertFalse(callers.get(3).isSettled());
        admission.limit(SETTINGS.with(Map.of("waiting-room", "1", "waiting-time", "40s")));
        time.advance(Duration.ofSeconds(9));
        assertFalse(callers.get(3).isSettled());
        time.advance(Duration.ofSeconds(1));
        assertEquals(FailureKind.NO_CAPACITY, callers.get(3).refusal);
    }

    @Test
    void another_length_counts_for_conversations_that_begin_later() {
        Caller before = Caller.at(admission);
        admission.limit(SETTINGS.with(Map.of("session-duration", "1m")));
        Caller after = Caller.at(admission);
        assertEquals(time.instant().plus(Duration.ofMinutes(15)), before.lease().deadline());
        assertEquals(time.instant().plus(Duration.ofMinutes(1)), after.lease().deadline());
        assertEquals(Duration.ofMinutes(1), admission.limits().sessionDuration());
    }

    @Test
    void another_token_budget_counts_at_once_and_tells_until_when_it_is_spent() {
        Caller talking = Caller.at(admission);
        talking.lease().recordUsage(600);
        assertEquals(Optional.empty(), admission.snapshot().keys().get(0).spentUntil());
        admission.limit(SETTINGS.with(Map.of("tokens-per-minute", "500")));
        Caller waiting = Caller.at(admission);
        assertEquals(List.of("waiting 1"), waiting.heard);
        assertTrue(admission.snapshot().keys().get(0).spentUntil().orElseThrow().isAfter(time.instant()));
        admission.limit(SETTINGS.with(Map.of("tokens-per-minute", "700")));
        assertEquals(List.of("waiting 1", "granted"), waiting.heard);
    }

    @Test
    void an_applicant_that_fails_to_take_its_lease_costs_no_slot() {
        for (int i = 0; i < 4; i++) {
            admission.apply(new Caller() {
                @Override
                public void granted(SessionLease granted) {
                    throw new IllegalStateException("gone");
                }
            });
        }
        assertEquals(0, admission.snapshot().held());
        assertEquals(4, admission.snapshot().granted());
    }

    @Test
    void an_applicant_that_throws_when_told_its_place_keeps_it_and_harms_nobody() {
        List<Caller> callers = callers(3);
        List<SessionLease> leases = new ArrayList<>();
        admission.apply(new Admission.Applicant() {
            @Override
            public void granted(SessionLease lease) {
                leases.add(lease);
            }

            @Override
            public void waiting(int position, int ahead) {
                throw new IllegalStateException("broken");
            }

            @Override
            public void refused(FailureKind kind, String message) {}
        });
        Caller after = Caller.at(admission);
        assertEquals(List.of("waiting 2"), after.heard);
        callers.get(0).lease().close();
        assertEquals(1, leases.size());
    }

    @Test
    void a_lease_closed_within_its_own_grant_frees_the_slot_for_the_next() {
        List<Caller> callers = callers(3);
        Caller brief = new Caller() {
            @Override
            public void granted(SessionLease granted) {
                super.granted(granted);
                granted.close();
            }
        };
        admission.apply(brief);
        Caller next = Caller.at(admission);
        callers.get(0).lease().close();
        assertEquals(List.of("waiting 1", "granted"), brief.heard);
        assertTrue(next.isSettled());
        assertEquals(3, admission.snapshot().held());
    }

    @Test
    void without_timers_nobody_is_left_waiting() {
        Timers stopped = (delay, task) -> {
            throw new RejectedExecutionException("stopped");
        };
        NodeAdmission stopping = new NodeAdmission(List.of(A), SETTINGS, time, stopped);
        Caller caller = assertDoesNotThrow(() -> Caller.at(stopping));
        assertTrue(caller.isSettled());
        assertEquals(FailureKind.DRAINING, Caller.at(stopping).refusal);
        caller.lease().close();
        assertEquals(0, stopping.snapshot().held());
    }

    @Test
    void an_idle_admission_keeps_no_timer_ringing() {
        callers(5).forEach(caller -> {
            if (caller.lease != null) {
                caller.lease.close();
            }
            caller.withdraw();
        });
        time.advance(Duration.ofHours(1));
        assertEquals(0, admission.snapshot().held());
        assertEquals(0, time.pending());
    }

    @Test
    void a_pool_needs_keys_with_different_names() {
        assertThrows(IllegalArgumentException.class, () -> new NodeAdmission(List.of(), SETTINGS, time, time));
        assertThrows(
                IllegalArgumentException.class,
                () -> new NodeAdmission(List.of(A, new ApiKey("a", new Secret("x"))), SETTINGS, time, time));
    }

    private List<Caller> callers(int count) {
        List<Caller> callers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            callers.add(Caller.at(admission));
        }
        return callers;
    }
}
