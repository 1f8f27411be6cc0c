package dev.parley.simulator.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.simulator.generation.Reply.Piece;
import dev.parley.testkit.ManualExecutor;
import dev.parley.testkit.ManualTime;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PacedWriterTest {
    private static final List<Piece> PIECES = List.of(piece(0, "a"), piece(50, "b"), piece(2000, "c"));

    private final ManualTime time = new ManualTime();
    private final ManualExecutor executor = new ManualExecutor();
    private final PacedWriter writer = new PacedWriter(time, executor);
    private final AtomicInteger done = new AtomicInteger();

    @Test
    void each_piece_is_flushed_at_its_time_on_a_thread_that_may_block() {
        Flushed out = new Flushed();
        writer.pace(out, PIECES, done::incrementAndGet);
        assertEquals("", out.flushed);
        executor.runAll();
        assertEquals("a", out.flushed);
        time.advance(Duration.ofMillis(50));
        assertEquals("a", out.flushed);
        executor.runAll();
        assertEquals("ab", out.flushed);
        time.advance(Duration.ofMillis(1999));
        executor.runAll();
        assertEquals("ab", out.flushed);
        assertEquals(1, writer.waiting());
        time.advance(Duration.ofMillis(1));
        executor.runAll();
        assertEquals("abc", out.flushed);
        assertEquals(1, done.get());
        assertEquals(0, writer.waiting());
    }

    @Test
    void it_ends_when_the_client_leaves() {
        OutputStream gone = new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                throw new IOException("broken pipe");
            }
        };
        writer.pace(gone, PIECES, done::incrementAndGet);
        executor.runAll();
        assertEquals(1, done.get());
        assertEquals(0, writer.waiting());
        assertEquals(0, time.pending());
    }

    private static Piece piece(long millis, String text) {
        return new Piece(Duration.ofMillis(millis), text.getBytes(StandardCharsets.UTF_8));
    }

    private static final class Flushed extends ByteArrayOutputStream {
        private String flushed = "";

        @Override
        public void flush() {
            flushed = toString(StandardCharsets.UTF_8);
        }
    }
}
