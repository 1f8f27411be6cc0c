package dev.parley.gemini.rest.wire;

import dev.parley.gemini.failure.AnswerFailures;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Server-sent events (HTML Living Standard, §9.2.6) in pieces split anywhere, also within a character. Only the data of
 * events is told; an event that the end of the stream leaves unfinished is told as well, since some proxies swallow the
 * last blank line. One thread.
 */
public final class SseParser {
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final int mostBytes;
    private final Consumer<String> events;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final StringBuilder data = new StringBuilder();
    private boolean hasData;
    private boolean afterReturn;
    private boolean first = true;

    /**
     * A parser at the beginning of a stream.
     *
     * @param mostBytes bound of a line in bytes and of an event in characters
     * @param events told the data of each event
     */
    public SseParser(int mostBytes, Consumer<String> events) {
        this.mostBytes = mostBytes;
        this.events = events;
    }

    /**
     * Takes the next bytes.
     *
     * @throws dev.parley.gemini.failure.RestFailure when a line or an event is over its bound
     */
    public void push(byte[] bytes, int offset, int length) {
        int begin = offset;
        for (int i = offset; i < offset + length; i++) {
            byte next = bytes[i];
            if (next == '\n' || next == '\r') {
                append(bytes, begin, i - begin);
                begin = i + 1;
                if (next == '\n' && afterReturn) {
                    afterReturn = false; // the second half of CRLF
                    continue;
                }
                afterReturn = next == '\r';
                endLine();
            } else {
                afterReturn = false;
            }
        }
        append(bytes, begin, offset + length - begin);
    }

    /** No more comes. */
    public void end() {
        if (line.size() > 0) {
            endLine();
        }
        endEvent();
    }

    private void append(byte[] bytes, int offset, int length) {
        if (line.size() + length > mostBytes) {
            throw AnswerFailures.gibberish("a line of more than " + mostBytes + " bytes");
        }
        line.write(bytes, offset, length);
    }

    private void endLine() {
        String text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        if (first) {
            first = false;
            text = text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        }
        if (text.isEmpty()) {
            endEvent();
        } else if (text.equals("data") || text.startsWith("data:")) {
            addData(text.length() > 5 ? text.substring(text.charAt(5) == ' ' ? 6 : 5) : "");
        }
    }

    private void addData(String value) {
        if (data.length() + value.length() > mostBytes) {
            throw AnswerFailures.gibberish("an event of more than " + mostBytes + " characters");
        }
        if (hasData) {
            data.append('\n');
        }
        hasData = true;
        data.append(value);
    }

    private void endEvent() {
        if (hasData) {
            String event = data.toString();
            data.setLength(0);
            hasData = false;
            events.accept(event);
        }
    }
}
