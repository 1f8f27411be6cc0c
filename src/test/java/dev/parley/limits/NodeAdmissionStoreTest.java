package dev.parley.limits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.limits.store.LeaseStore;
import dev.parley.limits.store.MemoryLeaseStore;
import dev.parley.limits.store.SlotRequests;
import dev.parley.shared.failure.FailureKind;
import dev.parley.shared.settings.ApiKey;
import dev.parley.shared.settings.Secret;
import dev.parley.testkit.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The waiting room in front of a store that answers late or not at all, as a database does. */
class NodeAdmissionStoreTest {
    private static final ApiKey KEY = new ApiKey("only", new Secret("secret"));
    private static final LimitSettings SETTINGS =
            new LimitSettings(2, Duration.ofMinutes(15), 1_000_000, 1, Duration.ofMinutes(2));

    private final ManualTime time = new ManualTime();
    private final SlowStore store = new SlowStore();
    private final NodeAdmission admission = new NodeAdmission(List.of(KEY), SETTINGS, time, time, store);

    /** Answers when told to. */
    private static final class SlowStore implements LeaseStore {
        final MemoryLeaseStore memory = new MemoryLeaseStore(2);
        final ArrayDeque<Runnable> answers = new ArrayDeque<>();
        boolean broken;
        boolean decidesAtOnce;
        int asked;

        @Override
        public CompletionStage<Optional<Slot>> take(Collection<ApiKey> keys, Instant deadline) {
            asked++;
            CompletableFuture<Optional<Slot>> answer = new CompletableFuture<>();
            if (decidesAtOnce) {
                memory.take(keys, deadline).thenAccept(slot -> answers.add(() -> answer.complete(slot)));
                return answer;
            }
            answers.add(() -> {
                if (broken) {
                    answer.completeExceptionally(new IllegalStateException("no connection"));
                } else {
                    memory.take(keys, deadline).thenAccept(answer::complete);
                }
            });
            return answer;
        }

        @Override
        public void slotsPerKey(int slots) {
            memory.slotsPerKey(slots);
        }

        @Override
        public void giveBack(Slot slot) {
            memory.giveBack(slot);
        }

        @Override
        public void onFreed(Runnable listener) {
            memory.onFreed(listener);
        }

        void answerAll() {
            while (!answers.isEmpty()) {
                answers.remove().run();
            }
        }
    }

    @Test
    void one_question_is_under_way_at_a_time_and_slots_go_out_in_the_order_of_coming() {
        List<Caller> callers = callers(4);
        assertEquals(1, store.asked);
        callers.subList(0, 3).forEach(caller -> assertEquals(List.of(), caller.heard));
        store.answerAll();
        assertEquals(List.of("granted"), callers.get(0).heard);
        assertEquals(List.of("granted"), callers.get(1).heard);
        assertEquals(List.of("waiting 1"), callers.get(2).heard);
        assertEquals(List.of("refused NO_CAPACITY"), callers.get(3).heard);
    }

    @Test
    void a_slot_whose_applicant_has_left_goes_to_the_next_or_back() {
        List<Caller> callers = callers(2);
        callers.get(0).withdraw();
        store.answers.remove().run();
        assertEquals(List.of(), callers.get(0).heard);
        assertEquals(List.of("granted"), callers.get(1).heard);

        Caller last = Caller.at(admission);
        last.withdraw();
        store.answerAll();
        assertEquals(List.of(), last.heard);
        assertEquals(1, admission.snapshot().held());
        assertTrue(take().isPresent(), "the slot nobody wanted is free");
        assertTrue(take().isEmpty());
    }

    @Test
    void a_slot_freed_while_the_store_says_none_is_not_overlooked() {
        List<Caller> callers = callers(2);
        store.answerAll();
        store.decidesAtOnce = true;
        Caller third = Caller.at(admission);
        callers.get(0).lease().close();
        store.answers.remove().run(); // "none", true only when it was asked
        store.answerAll();
        assertEquals(List.of("granted"), third.heard);
    }

    @Test
    void a_store_that_never_answers_holds_nobody_for_ever() {
        Caller caller = Caller.at(admission);
        time.advance(SETTINGS.waitingTime());
        assertEquals(List.of("refused NO_CAPACITY"), caller.heard);
    }

    @Test
    void a_store_that_fails_is_asked_again_and_the_line_is_kept() {
        store.broken = true;
        Caller caller = Caller.at(admission);
        store.answerAll();
        assertEquals(List.of("waiting 1"), caller.heard);
        time.advance(SlotRequests.STORE_PAUSE);
        assertEquals(2, store.asked);
        store.answerAll();
        store.broken = false;
        time.advance(SlotRequests.STORE_PAUSE);
        store.answerAll();
        assertEquals(List.of("waiting 1", "granted"), caller.heard);
    }

    @Test
    void a_store_that_stays_broken_ends_in_a_refusal() {
        store.broken = true;
        Caller caller = Caller.at(admission);
        for (int second = 0; second < 130; second++) {
            store.answerAll();
            time.advance(Duration.ofSeconds(1));
        }
        assertEquals(FailureKind.NO_CAPACITY, caller.refusal);
    }

    @Test
    void the_line_is_bounded_also_while_the_store_thinks() {
        List<Caller> callers = callers(10);
        assertEquals(
                7, callers.stream().filter(caller -> caller.refusal != null).count());
        assertEquals(3, admission.snapshot().waiting()); // two slots that may come, one place in the room
    }

    @Test
    void draining_gives_back_a_slot_that_comes_too_late() {
        Caller caller = Caller.at(admission);
        admission.drain();
        store.answerAll();
        assertEquals(List.of("refused DRAINING"), caller.heard);
        assertTrue(take().isPresent());
        assertTrue(take().isPresent());
    }

    private Optional<LeaseStore.Slot> take() {
        return store.memory
                .take(List.of(KEY), time.instant())
                .toCompletableFuture()
                .join();
    }

    private List<Caller> callers(int count) {
        return IntStream.range(0, count).mapToObj(i -> Caller.at(admission)).toList();
    }
}
