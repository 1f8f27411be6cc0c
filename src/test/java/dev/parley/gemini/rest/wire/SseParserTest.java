package dev.parley.gemini.rest.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.parley.gemini.failure.RestFailure;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SseParserTest {
    private static final String STREAM = "\uFEFFdata: {\"a\":\"Grüße 😀\"}\r\n\r\n"
            + ": a comment\n\n"
            + "event: x\nid: 7\nretry: 5\ndata: one\ndata:two\ndata\n\n"
            + "data:  kept space\r\r"
            + "dataset: no\n\n"
            + "data: unfinished";
    private static final List<String> EVENTS =
            List.of("{\"a\":\"Grüße 😀\"}", "one\ntwo\n", " kept space", "unfinished");

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 7, 16, 1000})
    void events_are_the_same_however_the_stream_is_split(int size) {
        assertEquals(EVENTS, parse(STREAM, size, 1000));
    }

    @Test
    void a_line_over_its_bound_is_refused_before_it_ends() {
        assertThrows(RestFailure.class, () -> parse("data: " + "x".repeat(100), 10, 64));
        assertEquals(List.of("x".repeat(58)), parse("data: " + "x".repeat(58) + "\n\n", 10, 64));
    }

    @Test
    void an_event_of_many_lines_over_its_bound_is_refused() {
        assertThrows(RestFailure.class, () -> parse("data: 0123456789\n".repeat(10), 10, 64));
    }

    @Test
    void a_stream_without_data_has_no_events() {
        assertEquals(List.of(), parse("\r\n\r\n: x\n\nevent: done\n\n", 1, 64));
    }

    private static List<String> parse(String stream, int size, int bound) {
        List<String> events = new ArrayList<>();
        SseParser parser = new SseParser(bound, events::add);
        byte[] bytes = stream.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length; i += size) {
            parser.push(bytes, i, Math.min(size, bytes.length - i));
        }
        parser.end();
        return events;
    }
}
