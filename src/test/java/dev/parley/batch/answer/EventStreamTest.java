package dev.parley.batch.answer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.testkit.ManualTime;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class EventStreamTest {
    private final ManualTime time = new ManualTime();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final AtomicBoolean full = new AtomicBoolean(true);

    private void execute(Runnable task) {
        if (full.get()) {
            throw new RejectedExecutionException("no thread left");
        }
        task.run();
    }

    @Test
    void a_beat_without_a_thread_does_not_end_the_beats() {
        EventStream events = new EventStream(out, time, time, this::execute, () -> {});
        time.advance(EventStream.BEAT);
        assertEquals("", out.toString(StandardCharsets.UTF_8));
        full.set(false);
        time.advance(EventStream.BEAT);
        assertEquals(": waiting\n\n", out.toString(StandardCharsets.UTF_8));
        events.close();
        assertEquals(0, time.pending(), "timers after the end");
    }

    @Test
    void a_closed_stream_without_a_thread_sets_no_timer() {
        EventStream events = new EventStream(
                out,
                time,
                time,
                task -> {
                    throw new RejectedExecutionException("no thread left");
                },
                () -> {});
        time.advance(EventStream.BEAT);
        assertEquals(1, time.pending());
        events.close();
        time.advance(EventStream.BEAT.multipliedBy(3));
        assertEquals(0, time.pending());
    }
}
