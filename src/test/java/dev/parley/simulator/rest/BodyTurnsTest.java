package dev.parley.simulator.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.parley.shared.stream.TimedInput;
import dev.parley.simulator.fault.GoogleError;
import dev.parley.testkit.ManualExecutor;
import dev.parley.testkit.ManualTime;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class BodyTurnsTest {
    private final ManualTime time = new ManualTime();
    private final ManualExecutor executor = new ManualExecutor();
    private final BodyTurns turns = new BodyTurns(executor, time);
    private final AtomicInteger completed = new AtomicInteger();
    private final List<Integer> statuses = new ArrayList<>();
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    @Test
    void so_many_have_their_turn_and_more_are_refused() throws IOException {
        AtomicInteger taken = new AtomicInteger();
        for (int i = 0; i < BodyTurns.MAX_AT_ONCE; i++) {
            boolean fails = i % 2 == 0;
            take((body, done) -> {
                taken.incrementAndGet();
                if (fails) {
                    throw new IOException("the client left");
                }
                done.run();
            });
        }
        assertEquals(0, taken.get(), "nothing is read on the container's thread");
        assertEquals(0, turns.free());
        take((body, done) -> taken.incrementAndGet());
        assertEquals(List.of(429), statuses);
        assertEquals(true, written.toString(StandardCharsets.UTF_8).contains("RESOURCE_EXHAUSTED"));
        executor.runAll();
        assertEquals(BodyTurns.MAX_AT_ONCE, taken.get());
        assertEquals(BodyTurns.MAX_AT_ONCE, completed.get());
        assertEquals(BodyTurns.MAX_AT_ONCE, turns.free());
        assertEquals(List.of(429, 500, 500, 500, 500), statuses);
    }

    @Test
    void no_place_is_lost_when_threads_are_refused() throws IOException {
        BodyTurns stopping = new BodyTurns(
                task -> {
                    throw new IllegalStateException("stopping");
                },
                time);
        stopping.take(request(), response(), (body, done) -> done.run());
        assertEquals(1, completed.get());
        assertEquals(List.of(503), statuses);
        assertEquals(BodyTurns.MAX_AT_ONCE, stopping.free());
    }

    @Test
    void a_body_that_trickles_ends_at_its_deadline() throws IOException {
        InputStream body = new TimedInput(
                new ByteArrayInputStream(new byte[3]), time, Duration.ofMinutes(5), GoogleError::deadline);
        assertEquals(0, body.read());
        time.advance(Duration.ofMinutes(5));
        assertEquals(0, body.read());
        time.advance(Duration.ofMillis(1));
        assertEquals(504, assertThrows(GoogleError.class, body::read).code());
        assertEquals(-1, body.read(), "its end is never late");
    }

    private void take(BodyTurns.Turn turn) throws IOException {
        turns.take(request(), response(), turn);
    }

    private HttpServletRequest request() {
        AsyncContext async = fake(AsyncContext.class, name -> {
            if (name.equals("complete")) {
                completed.incrementAndGet();
            }
            return null;
        });
        return fake(HttpServletRequest.class, name -> name.equals("startAsync") ? async : fakeInput());
    }

    private HttpServletResponse response() {
        ServletOutputStream out = new ServletOutputStream() {
            @Override
            public boolean isReady() {
                return true;
            }

            @Override
            public void setWriteListener(WriteListener listener) {
                throw new UnsupportedOperationException();
            }

            @Override
            public void write(int value) {
                written.write(value);
            }
        };
        return (HttpServletResponse) Proxy.newProxyInstance(
                BodyTurnsTest.class.getClassLoader(),
                new Class<?>[] {HttpServletResponse.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("setStatus")) {
                        statuses.add((Integer) arguments[0]);
                    }
                    return switch (method.getName()) {
                        case "getOutputStream" -> out;
                        case "isCommitted" -> false;
                        default -> null;
                    };
                });
    }

    private static ServletInputStream fakeInput() {
        return new ServletInputStream() {
            @Override
            public boolean isFinished() {
                return true;
            }

            @Override
            public boolean isReady() {
                return true;
            }

            @Override
            public void setReadListener(ReadListener listener) {
                throw new UnsupportedOperationException();
            }

            @Override
            public int read() {
                return -1;
            }
        };
    }

    private static <T> T fake(Class<T> type, Function<String, Object> answers) {
        return type.cast(Proxy.newProxyInstance(
                BodyTurnsTest.class.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> answers.apply(method.getName())));
    }
}
