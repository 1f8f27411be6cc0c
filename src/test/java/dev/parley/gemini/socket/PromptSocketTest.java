package dev.parley.gemini.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.shared.execution.Timers;
import dev.parley.testkit.ManualTime;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.CompletionHandler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PromptSocketTest {
    private final ManualTime time = new ManualTime();
    private final FakeSocket network = new FakeSocket();
    private final List<Object> told = new ArrayList<>();

    private static ByteBuffer frame() {
        return ByteBuffer.allocate(8);
    }

    private final class Told implements CompletionHandler<Integer, String> {
        @Override
        public void completed(Integer written, String attachment) {
            told.add(written);
        }

        @Override
        public void failed(Throwable failure, String attachment) {
            told.add(failure);
        }
    }

    private void write(Timers timers) {
        new PromptSocket(network, timers).write(frame(), 0, TimeUnit.MILLISECONDS, "a", new Told());
    }

    @Test
    void what_the_network_takes_at_once_is_told_before_the_call_returns() {
        network.next.complete(8);
        write(time);
        assertEquals(List.of(8), told);
        assertEquals(0, network.writesOfItsOwn);
    }

    @Test
    void what_it_takes_later_is_told_when_a_timer_looks() {
        write(time);
        time.advance(Duration.ofMillis(50));
        assertEquals(List.of(), told);
        network.next.complete(8);
        time.advance(Duration.ofMillis(16));
        assertEquals(List.of(8), told);
        time.advance(Duration.ofSeconds(1));
        assertEquals(1, told.size());
    }

    @Test
    void a_failure_is_told_as_it_is() {
        IOException reset = new IOException("reset");
        network.next.completeExceptionally(reset);
        write(time);
        assertSame(reset, told.get(0));
        assertEquals(1, told.size());
    }

    @Test
    void timers_that_refuse_are_a_failure() {
        write((delay, task) -> {
            throw new RejectedExecutionException("stopping");
        });
        assertTrue(told.get(0) instanceof RejectedExecutionException, told::toString);
    }

    @Test
    void a_write_from_within_a_completion_is_the_sockets_own_so_that_the_stack_does_not_grow() {
        network.next.complete(8);
        PromptSocket socket = new PromptSocket(network, time);
        socket.write(frame(), 0, TimeUnit.MILLISECONDS, "a", new CompletionHandler<Integer, String>() {
            @Override
            public void completed(Integer written, String attachment) {
                socket.write(frame(), 0, TimeUnit.MILLISECONDS, "b", new Told());
            }

            @Override
            public void failed(Throwable failure, String attachment) {
                told.add(failure);
            }
        });
        assertEquals(List.of(), told);
        assertEquals(1, network.writesOfItsOwn);
        socket.write(frame(), 0, TimeUnit.MILLISECONDS, "c", new Told());
        assertEquals(List.of(8), told);
        assertEquals(1, network.writesOfItsOwn);
    }

    @Test
    void only_the_socket_keeps_to_a_timeout() {
        network.next.complete(8);
        new PromptSocket(network, time).write(frame(), 5, TimeUnit.SECONDS, "a", new Told());
        assertEquals(1, network.writesOfItsOwn);
        assertEquals(List.of(), told);
    }

    /** Answers writes by {@link #next}, and counts those that it was to complete itself. */
    private static final class FakeSocket extends UnconnectedSocket {
        final CompletableFuture<Integer> next = new CompletableFuture<>();
        int writesOfItsOwn;

        @Override
        public Future<Integer> write(ByteBuffer source) {
            return next;
        }

        @Override
        public <A> void write(
                ByteBuffer source,
                long timeout,
                TimeUnit unit,
                @Nullable A attachment,
                CompletionHandler<Integer, ? super A> handler) {
            writesOfItsOwn++;
        }
    }
}
