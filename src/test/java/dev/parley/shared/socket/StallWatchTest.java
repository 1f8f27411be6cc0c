package dev.parley.shared.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.shared.execution.Timers;
import dev.parley.testkit.ManualTime;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class StallWatchTest {
    private static final Duration STALL = Duration.ofSeconds(10);

    private final ManualTime time = new ManualTime();
    private final AtomicInteger stalls = new AtomicInteger();
    private final StallWatch watch = new StallWatch(STALL, time, stalls::incrementAndGet);

    @Test
    void a_write_that_does_not_end_is_told_once_after_the_stall_time() {
        begin();
        time.advance(STALL.minusMillis(1));
        assertEquals(0, stalls.get());
        time.advance(Duration.ofMillis(1));
        assertEquals(1, stalls.get());
        time.advance(Duration.ofHours(1));
        assertEquals(1, stalls.get());
    }

    @Test
    void a_later_write_is_told_within_twice_the_stall_time() {
        begin();
        time.advance(Duration.ofSeconds(1));
        watch.ended();
        begin();
        time.advance(STALL.plusSeconds(8));
        assertEquals(0, stalls.get());
        time.advance(Duration.ofSeconds(1));
        assertEquals(1, stalls.get());
    }

    @Test
    void slow_writes_that_end_are_no_stall() {
        for (int i = 0; i < 50; i++) {
            begin();
            time.advance(Duration.ofMillis(9_900));
            watch.ended();
        }
        assertEquals(0, stalls.get());
    }

    @Test
    void an_idle_connection_has_no_timer_and_a_busy_one_has_one() {
        for (int i = 0; i < 10; i++) {
            begin();
            watch.ended();
        }
        assertEquals(1, time.pending());
        time.advance(STALL);
        assertEquals(0, time.pending());
        begin();
        assertEquals(1, time.pending());
    }

    @Test
    void a_write_that_begins_between_the_look_and_the_end_of_the_last_is_still_watched() {
        begin();
        time.advance(Duration.ofSeconds(5));
        watch.ended();
        watch.begun(); // its watch() comes after the look below
        time.advance(Duration.ofSeconds(5));
        watch.watch();
        time.advance(STALL);
        assertEquals(1, stalls.get());
    }

    @Test
    void stopped_it_tells_nothing_and_holds_no_timer() {
        begin();
        watch.stop();
        assertEquals(0, time.pending());
        begin();
        watch.watch();
        time.advance(Duration.ofHours(1));
        assertEquals(0, stalls.get());
    }

    @Test
    void without_timers_writes_go_on_unwatched_and_watching_can_begin_again() {
        AtomicInteger open = new AtomicInteger();
        Timers sometimes = (delay, task) -> {
            if (open.get() == 0) {
                throw new RejectedExecutionException("stopped");
            }
            return time.schedule(delay, task);
        };
        StallWatch unwatched = new StallWatch(STALL, sometimes, stalls::incrementAndGet);
        unwatched.begun();
        unwatched.watch();
        unwatched.ended();
        open.set(1);
        unwatched.begun();
        unwatched.watch();
        time.advance(STALL);
        assertEquals(1, stalls.get());
    }

    private void begin() {
        watch.begun();
        watch.watch();
    }
}
