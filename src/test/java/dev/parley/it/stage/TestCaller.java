package dev.parley.it.stage;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.ByteArrayOutputStream;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A caller who speaks the browser's protocol: sends what the page would, keeps everything it hears, and waits for what
 * a test expects, never longer than 30 s. Thread safe.
 */
public final class TestCaller implements AutoCloseable {
    private static final long TIMEOUT_SECONDS = 30;
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final WebSocket socket;
    private final Heard heard;

    /** The server's close frame; 1006 when the connection just broke. */
    public record Closing(int code, String reason) {}

    private TestCaller(WebSocket socket, Heard heard) {
        this.socket = socket;
        this.heard = heard;
    }

    /** Connects as the server's own page would. */
    public static TestCaller connect(URI server) {
        return connect(server, Map.of("Origin", "http://127.0.0.1:" + server.getPort()));
    }

    /** Connects with these handshake headers; a refusal is an {@link java.net.http.WebSocketHandshakeException}. */
    public static TestCaller connect(URI server, Map<String, String> headers) {
        Heard heard = new Heard();
        WebSocket.Builder builder = CLIENT.newWebSocketBuilder();
        headers.forEach(builder::header);
        URI address = URI.create("ws://127.0.0.1:" + server.getPort() + "/ws/audio-live");
        return new TestCaller(done(builder.buildAsync(address, heard)), heard);
    }

    /** Connects, starts with this audio format, and waits until the conversation is ready. */
    public static TestCaller ready(URI server, String mimeType) {
        TestCaller caller = connect(server);
        caller.start(mimeType);
        caller.next("ready");
        return caller;
    }

    /** Sends {@code start} for audio of this format. */
    public void start(String mimeType) {
        send(Json.createObjectBuilder()
                .add("type", "start")
                .add("audio", Json.createObjectBuilder().add("mimeType", mimeType))
                .build());
    }

    /** Sends {@code start} to go on with a conversation that {@code ready} told of. */
    public void resume(JsonObject ready) {
        send(Json.createObjectBuilder()
                .add("type", "start")
                .add("resume", ready.getString("resume"))
                .build());
    }

    /** Sends a message that has nothing but its type. */
    public void say(String type) {
        send(Json.createObjectBuilder().add("type", type).build());
    }

    /** Types a text. */
    public void type(String text) {
        send(Json.createObjectBuilder().add("type", "text").add("text", text).build());
    }

    /** Sends a message. */
    public void send(JsonObject message) {
        sendText(message.toString());
    }

    /** Sends any text, JSON or not. */
    public void sendText(String text) {
        done(socket.sendText(text, true));
    }

    /** Sends bytes of the audio stream. */
    public void sendAudio(byte[] bytes) {
        sendAudio(bytes, 0, bytes.length);
    }

    /** Sends bytes of the audio stream. */
    public void sendAudio(byte[] bytes, int offset, int length) {
        done(socket.sendBinary(ByteBuffer.wrap(bytes, offset, length), true));
    }

    /** The next event of this type after the last one asked for; waits for it. */
    public JsonObject next(String type) {
        return next(type, event -> true);
    }

    /** The next event of this type with this property after the last one asked for; waits for it. */
    public JsonObject next(String type, Predicate<JsonObject> condition) {
        return heard.next(
                event -> event.getString("type", "").equals(type) && condition.test(event), "the event " + type);
    }

    /** All events so far. */
    public List<JsonObject> events() {
        return heard.events();
    }

    /** All events of one type so far. */
    public List<JsonObject> events(String type) {
        return events().stream()
                .filter(event -> event.getString("type", "").equals(type))
                .toList();
    }

    /** The text of all events of one type so far, put together. */
    public String text(String type) {
        StringBuilder text = new StringBuilder();
        events(type).forEach(event -> text.append(event.getString("text")));
        return text.toString();
    }

    /** Waits until that much model audio came; answers all of it. */
    public byte[] awaitAudio(int bytes) {
        return heard.awaitAudio(bytes);
    }

    /** Bytes of model audio so far. */
    public int audioBytes() {
        return heard.audioBytes();
    }

    /** Waits for the server's close frame. */
    public Closing awaitClosing() {
        return heard.awaitClosing();
    }

    /** Breaks the TCP connection, as a network does: the conversation waits for its client. */
    public void drop() {
        socket.abort();
    }

    /** Hangs up as a client does that is done, so that nobody waits for it. */
    public void hangUp() {
        if (!socket.isOutputClosed()) {
            done(socket.sendClose(1000, ""));
        }
    }

    /** Hangs up unless the connection is over. */
    @Override
    public void close() {
        try {
            hangUp();
        } catch (CompletionException over) {
            socket.abort();
        }
    }

    private static <T> T done(CompletableFuture<T> future) {
        return future.orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS).join();
    }

    /** What was heard; all state is guarded by this. */
    private static final class Heard implements WebSocket.Listener {
        private final List<JsonObject> events = new ArrayList<>();
        private final ByteArrayOutputStream audio = new ByteArrayOutputStream();
        private final StringBuilder partialText = new StringBuilder();
        private int cursor;
        private @Nullable Closing closing;

        @Override
        public synchronized @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            partialText.append(data);
            if (last) {
                try (JsonReader reader = Json.createReader(new StringReader(partialText.toString()))) {
                    events.add(reader.readObject());
                }
                partialText.setLength(0);
                notifyAll();
            }
            socket.request(1);
            return null;
        }

        @Override
        public synchronized @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
            byte[] bytes = new byte[data.remaining()];
            data.get(bytes);
            audio.writeBytes(bytes);
            notifyAll();
            socket.request(1);
            return null;
        }

        @Override
        public synchronized @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            closed(new Closing(code, reason));
            return null;
        }

        @Override
        public synchronized void onError(WebSocket socket, Throwable error) {
            closed(new Closing(1006, String.valueOf(error)));
        }

        private void closed(Closing now) {
            if (closing == null) {
                closing = now;
            }
            notifyAll();
        }

        synchronized List<JsonObject> events() {
            return List.copyOf(events);
        }

        synchronized int audioBytes() {
            return audio.size();
        }

        synchronized JsonObject next(Predicate<JsonObject> condition, String what) {
            await(() -> indexOf(condition) >= 0, what, true);
            cursor = indexOf(condition) + 1;
            return events.get(cursor - 1);
        }

        synchronized byte[] awaitAudio(int bytes) {
            await(() -> audio.size() >= bytes, bytes + " bytes of model audio", true);
            return audio.toByteArray();
        }

        synchronized Closing awaitClosing() {
            await(() -> closing != null, "the close frame", false);
            if (closing == null) {
                throw new AssertionError();
            }
            return closing;
        }

        private int indexOf(Predicate<JsonObject> condition) {
            for (int i = cursor; i < events.size(); i++) {
                if (condition.test(events.get(i))) {
                    return i;
                }
            }
            return -1;
        }

        private void await(BooleanSupplier condition, String what, boolean needsOpen) {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
            while (!condition.getAsBoolean()) {
                long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (left <= 0 || (needsOpen && closing != null)) {
                    throw new AssertionError("Waited for " + what + " in vain; closed: " + closing + "; " + audio.size()
                            + " bytes of audio; events: " + events);
                }
                try {
                    wait(left);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new CompletionException(e);
                }
            }
        }
    }
}
