package dev.parley.page.recording;

import com.sun.net.httpserver.HttpExchange;
import dev.parley.it.stage.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** One recording that the page sent, and the way to answer it. Used by the test's thread. */
final class RecordingCall {
    private final HttpExchange exchange;
    private final MultipartForm form;
    private boolean streaming;

    RecordingCall(HttpExchange exchange, MultipartForm form) {
        this.exchange = exchange;
        this.form = form;
    }

    MultipartForm form() {
        return form;
    }

    /** Streams one event. */
    void event(String type, String json) {
        try {
            write("event: " + type + "\ndata: " + json + "\n\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the stream. */
    void end() {
        exchange.close();
    }

    /** Streams what is usual after the last word, and ends. */
    void done() {
        event("usage", "{\"promptTokens\":412,\"responseTokens\":96,\"totalTokens\":508}");
        event(
                "done",
                "{\"model\":\"gemini-3.8-flash\",\"finishReason\":\"STOP\",\"simulated\":false,"
                        + "\"treatment\":\"remuxed\",\"found\":\"WebM with Opus\"}");
        end();
    }

    /** Refuses before the stream has begun. */
    void refuse(int status, String json) {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/problem+json");
        try (exchange) {
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until the page has hung up. */
    void awaitHangUp() {
        Eventually.<IOException>get("the page to hang up", this::failureOfComment);
        exchange.close();
    }

    private @Nullable IOException failureOfComment() {
        try {
            write(": still here\n\n");
            return null;
        } catch (IOException e) {
            return e;
        }
    }

    private void write(String text) throws IOException {
        if (!streaming) {
            streaming = true;
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, 0);
        }
        exchange.getResponseBody().write(text.getBytes(StandardCharsets.UTF_8));
        exchange.getResponseBody().flush();
    }
}
