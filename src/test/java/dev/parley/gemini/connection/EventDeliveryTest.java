package dev.parley.gemini.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.gemini.live.LiveEvent;
import dev.parley.shared.failure.FailureKind;
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
}
