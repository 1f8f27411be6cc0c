package dev.parley.shared.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.testkit.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlarmTest {
    private final ManualTime time = new ManualTime();
    private final Instant start = time.instant();
    private final List<Duration> rung = new ArrayList<>();
    private final Alarm alarm =
            new Alarm(time, time, Runnable::run, () -> rung.add(Duration.between(start, time.instant())));

    @Test
    void it_rings_once_at_the_earliest_moment_asked_for() {
        alarm.ringBy(start.plusSeconds(9));
        alarm.ringBy(start.plusSeconds(5));
        alarm.ringBy(start.plusSeconds(7));
        assertEquals(1, time.pending());
        time.advance(Duration.ofMinutes(1));
        assertEquals(List.of(Duration.ofSeconds(5)), rung);
    }

    @Test
    void after_ringing_it_can_be_set_again() {
        alarm.ringBy(start.plusSeconds(1));
        time.advance(Duration.ofSeconds(1));
        alarm.ringBy(start.plusSeconds(3));
        time.advance(Duration.ofSeconds(2));
        assertEquals(List.of(Duration.ofSeconds(1), Duration.ofSeconds(3)), rung);
    }

    @Test
    void a_moment_that_is_past_rings_soon_but_never_in_a_row() {
        alarm.ringBy(start.minusSeconds(1));
        assertEquals(List.of(), rung);
        time.advance(Duration.ofMillis(1));
        assertEquals(List.of(Duration.ofMillis(1)), rung);
    }

    @Test
    void silenced_it_does_not_ring_even_when_its_timer_has_fired_already() {
        List<Runnable> serial = new ArrayList<>();
        Alarm late = new Alarm(time, time, serial::add, () -> rung.add(Duration.ZERO));
        late.ringBy(start.plusSeconds(1));
        time.advance(Duration.ofSeconds(1));
        late.silence();
        serial.forEach(Runnable::run);
        alarm.ringBy(start.plusSeconds(5));
        alarm.silence();
        time.advance(Duration.ofSeconds(9));
        assertEquals(List.of(), rung);
        assertEquals(0, time.pending());
    }
}
