package dev.parley.operations.board;

import static dev.parley.operations.Staffed.ended;
import static dev.parley.operations.Staffed.opened;
import static dev.parley.operations.Staffed.spent;
import static dev.parley.operations.Staffed.started;
import static dev.parley.operations.Staffed.state;
import static dev.parley.operations.Staffed.timed;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.conversation.event.ConversationState;
import dev.parley.operations.board.KeyEvidence.Health;
import dev.parley.shared.failure.FailureKind;
import dev.parley.testkit.ManualTime;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class BoardTest {
    private final ManualTime time = new ManualTime();
    private final Board board = new Board(time);

    @Test
    void a_conversation_is_shown_as_its_events_tell_it() {
        board.observe(opened("c1", time.instant()));
        time.advance(Duration.ofSeconds(3));
        board.observe(state("c1", time.instant(), ConversationState.READY));
        board.observe(started("c1", time.instant()));
        board.observe(timed("c1", time.instant(), 480));
        board.observe(timed("c1", time.instant(), 620));
        board.observe(spent("c1", time.instant(), 100));
        board.observe(spent("c1", time.instant(), 20));
        time.advance(Duration.ofSeconds(2));
        assertEquals(
                List.of(new ConversationView(
                        "c1",
                        "ada",
                        "gemini-3.8-live",
                        "first",
                        "READY",
                        "so it goes",
                        5,
                        2,
                        2,
                        0,
                        120,
                        List.of(480L, 620L))),
                board.conversations());
        board.observe(ended("c1", time.instant(), FailureKind.NORMAL, "as asked", "first"));
        assertEquals(List.of(), board.conversations());
        assertEquals(List.of(), board.failures());
    }

    @Test
    void who_waits_is_in_the_waiting_room() {
        board.observe(opened("c1", time.instant()));
        board.observe(state("c1", time.instant(), ConversationState.WAITING));
        assertEquals(List.of(), board.conversations());
        assertEquals("c1", board.waiting().get(0).id());
    }

    @Test
    void latencies_and_failures_and_conversations_are_bounded() {
        board.observe(opened("c1", time.instant()));
        for (int i = 0; i < 100; i++) {
            board.observe(timed("c1", time.instant(), i));
            board.observe(ended("x" + i, time.instant(), FailureKind.INTERNAL, "no " + i, ""));
        }
        List<Long> latencies = board.conversations().get(0).latenciesMillis();
        assertEquals(24, latencies.size());
        assertEquals(99L, latencies.get(23));
        assertEquals(Board.MOST_FAILURES, board.failures().size());
        assertEquals("no 99", board.failures().get(0).words());
        for (int i = 0; i < Board.MOST_LIVE + 10; i++) {
            board.observe(opened("y" + i, time.instant()));
        }
        assertEquals(Board.MOST_LIVE, board.conversations().size());
        board.observe(timed("y" + (Board.MOST_LIVE + 9), time.instant(), 1));
    }

    @Test
    void ends_that_are_nobodys_fault_are_no_failures() {
        for (FailureKind kind : List.of(FailureKind.NORMAL, FailureKind.TIME_LIMIT, FailureKind.DRAINING)) {
            board.observe(ended("c1", time.instant(), kind, "so", "first"));
        }
        assertEquals(List.of(), board.failures());
        board.observe(ended("c1", time.instant(), FailureKind.UPSTREAM_UNAVAILABLE, "gone", "first"));
        FailureView failure = board.failures().get(0);
        assertEquals("UPSTREAM", failure.fault());
        assertEquals(42, failure.afterSeconds());
    }

    @Test
    void a_key_is_judged_by_what_was_last_seen_of_it() {
        assertEquals(Health.UNUSED, board.key("first").health());
        board.observe(started("c1", time.instant()));
        assertEquals(Health.OK, board.key("first").health());
        board.observe(ended("c1", time.instant(), FailureKind.UPSTREAM_REFUSED, "bad key", "first"));
        assertEquals("bad key", board.key("first").why());
        assertEquals(Health.REFUSED, board.key("first").health());
        board.observe(ended("c2", time.instant(), FailureKind.NO_CAPACITY, "quota", "first"));
        assertEquals(Health.QUOTA, board.key("first").health());
        assertTrue(board.key("first").until().isPresent());
        time.advance(Duration.ofMinutes(1));
        assertEquals(Health.OK, board.key("first").health());
        board.observe(ended("c3", time.instant(), FailureKind.INTERNAL, "ours", "first"));
        assertEquals(Health.OK, board.key("first").health());
        assertEquals(Health.UNUSED, board.key("other").health());
    }
}
