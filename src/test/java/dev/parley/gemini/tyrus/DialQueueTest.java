package dev.parley.gemini.tyrus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.testkit.ManualExecutor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DialQueueTest {
    @Test
    void dials_are_bounded_and_the_rest_waits_in_order() {
        ManualExecutor executor = new ManualExecutor();
        DialQueue dials = new DialQueue(executor, 2, 3);
        List<Integer> dialled = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            int number = i;
            assertTrue(dials.submit(() -> dialled.add(number)));
        }
        assertFalse(dials.submit(() -> dialled.add(5)));
        assertEquals(2, executor.runAll());
        assertEquals(List.of(0, 2, 3, 4, 1), dialled);
        assertTrue(dials.submit(() -> dialled.add(6)));
        executor.runAll();
        assertEquals(6, dialled.get(5));
    }

    @Test
    void a_dial_that_throws_costs_neither_the_next_one_nor_its_place() {
        ManualExecutor executor = new ManualExecutor();
        DialQueue dials = new DialQueue(executor, 1, 2);
        List<String> dialled = new ArrayList<>();
        assertTrue(dials.submit(() -> {
            throw new NoClassDefFoundError("a dial's defect");
        }));
        assertTrue(dials.submit(() -> {
            throw new IllegalStateException("another");
        }));
        assertTrue(dials.submit(() -> dialled.add("waited")));
        executor.runAll();
        assertEquals(List.of("waited"), dialled);
        assertTrue(dials.submit(() -> dialled.add("later")));
        executor.runAll();
        assertEquals(List.of("waited", "later"), dialled);
    }

    @Test
    void an_executor_that_refuses_in_its_own_words_leaves_the_place_free() {
        ManualExecutor executor = new ManualExecutor();
        boolean[] refusing = {true};
        DialQueue dials = new DialQueue(
                task -> {
                    if (refusing[0]) {
                        throw new IllegalStateException("the application is being stopped");
                    }
                    executor.execute(task);
                },
                1,
                1);
        List<String> dialled = new ArrayList<>();
        assertFalse(dials.submit(() -> dialled.add("refused")));
        refusing[0] = false;
        assertTrue(dials.submit(() -> dialled.add("taken")));
        executor.runAll();
        assertEquals(List.of("taken"), dialled);
    }
}
