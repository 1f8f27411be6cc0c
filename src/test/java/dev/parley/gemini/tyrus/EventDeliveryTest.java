package dev.parley.gemini.tyrus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.gemini.live.LiveEvent;
import dev.parley.shared.failure.FailureKind;
import dev.parley.testkit.ManualExecutor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class EventDeliveryTest {
    private static final LiveEvent.Closed END = new LiveEvent.Closed(FailureKind.NORMAL, "over", 1000, "");

    @Test
    void nothing_follows_the_end() {
        List<LiveEvent> heard = new ArrayList<>();
        EventDelivery delivery = new EventDelivery(heard::add);
        delivery.deliver(new LiveEvent.Ready());
        assertTrue(delivery.end(END));
        assertFalse(delivery.end(END));
        delivery.deliver(new LiveEvent.Ready());
        assertEquals(List.of(new LiveEvent.Ready(), END), heard);
    }

    @Test
    void a_listener_that_throws_still_hears_the_end() {
        List<LiveEvent> heard = new ArrayList<>();
        EventDelivery delivery = new EventDelivery(event -> {
            heard.add(event);
            throw new IllegalStateException("a listener's defect");
        });
        delivery.deliver(new LiveEvent.Ready());
        delivery.end(END);
        assertEquals(List.of(new LiveEvent.Ready(), END), heard);
    }

    @Test
    void a_listener_that_dies_of_an_error_still_hears_the_end() {
        List<LiveEvent> heard = new ArrayList<>();
        EventDelivery delivery = new EventDelivery(event -> {
            heard.add(event);
            throw new NoClassDefFoundError("a class loader that is closed");
        });
        delivery.deliver(new LiveEvent.Ready());
        assertTrue(delivery.end(END));
        assertEquals(List.of(new LiveEvent.Ready(), END), heard);
    }

    @Test
    void an_event_that_a_listener_causes_comes_after_the_one_it_hears() {
        List<String> order = new ArrayList<>();
        EventDelivery[] delivery = new EventDelivery[1];
        delivery[0] = new EventDelivery(event -> {
            order.add("begin " + event.getClass().getSimpleName());
            if (event instanceof LiveEvent.Ready) {
                delivery[0].end(END);
            }
            order.add("end " + event.getClass().getSimpleName());
        });
        delivery[0].deliver(new LiveEvent.Ready());
        assertEquals(List.of("begin Ready", "end Ready", "begin Closed", "end Closed"), order);
    }

    @Test
    void threads_at_once_are_heard_one_at_a_time_and_each_in_its_order() throws InterruptedException {
        int threads = 4;
        int each = 5_000;
        List<String> heard = new ArrayList<>(); // not thread safe: the delivery has to make it so
        EventDelivery delivery = new EventDelivery(event -> heard.add(((LiveEvent.ModelText) event).delta()));
        CountDownLatch done = new CountDownLatch(threads);
        for (int t = 0; t < threads; t++) {
            String name = t + ":";
            new Thread(() -> {
                        for (int i = 0; i < each; i++) {
                            delivery.deliver(new LiveEvent.ModelText(name + i));
                        }
                        done.countDown();
                    })
                    .start();
        }
        assertTrue(done.await(20, TimeUnit.SECONDS));
        for (int t = 0; t < threads; t++) {
            String name = t + ":";
            List<String> own =
                    heard.stream().filter(text -> text.startsWith(name)).toList();
            for (int i = 0; i < each; i++) {
                assertEquals(name + i, own.get(i));
            }
        }
        assertEquals(threads * each, heard.size());
    }

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
