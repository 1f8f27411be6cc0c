package dev.parley.shared.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CancellationTest {
    private final Cancellation cancellation = new Cancellation();
    private final List<String> ran = new ArrayList<>();

    @Test
    void an_action_that_fails_keeps_no_other_from_running() {
        cancellation.onCancel(() -> ran.add("first"));
        cancellation.onCancel(() -> {
            throw new IllegalStateException("the second fails");
        });
        cancellation.onCancel(() -> ran.add("third"));
        cancellation.cancel();
        cancellation.cancel();
        assertEquals(List.of("first", "third"), ran);
        assertTrue(cancellation.isCancelled());
    }

    @Test
    void what_was_taken_back_does_not_run_and_what_comes_late_runs_at_once() {
        cancellation.onCancel(() -> ran.add("taken back")).close();
        cancellation.cancel();
        cancellation.onCancel(() -> ran.add("late"));
        assertEquals(List.of("late"), ran);
    }
}
