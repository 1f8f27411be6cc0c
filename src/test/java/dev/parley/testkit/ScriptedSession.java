package dev.parley.testkit;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** One client of a {@link ScriptedLiveServer}: everything it said, and the means to answer. Thread safe. */
public final class ScriptedSession {
    private static final int TEXT = 1;
    private static final int BINARY = 2;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;
    private static final long TIMEOUT_MILLIS = TimeUnit.SECONDS.toMillis(ScriptedLiveServer.TIMEOUT_SECONDS);

    private final Socket socket;
    private final String target;
    private final Map<String, String> headers;
    private final boolean textFrames;
    private final boolean raw;
    private final Object writing = new Object();
    private final Object lock = new Object();

    // All below guarded by lock; every change notifies.
    private final List<Message> messages = new ArrayList<>();
    private final ByteArrayOutputStream audio = new ByteArrayOutputStream();
    private int pings;
    private boolean paused;
    private boolean over;
    private CloseFrame closeFrame = new CloseFrame(1006, "");

    /**
     * One message of the client.
     *
     * @param audio decoded {@code realtimeInput.audio} or {@code mediaChunks}; empty when it is another message
     * @param arrivalNanos {@link System#nanoTime()} when its last byte was read
     */
    public record Message(String text, JsonObject json, ByteBuffer audio, long arrivalNanos, boolean binary) {}

    /** The client's close frame; 1006 when it left without, 1005 when the frame had no code. */
    public record CloseFrame(int code, String reason) {}

    ScriptedSession(Socket socket, String target, Map<String, String> headers, boolean textFrames, boolean raw) {
        this.socket = socket;
        this.target = target;
        this.headers = Map.copyOf(headers);
        this.textFrames = textFrames;
        this.raw = raw;
    }

    /** Path and query of the handshake. */
    public String target() {
        return target;
    }

    /** Handshake headers, names in lower case. */
    public Map<String, String> headers() {
        return headers;
    }

    /** What was received so far. */
    public List<Message> messages() {
        synchronized (lock) {
            return List.copyOf(messages);
        }
    }

    /** Waits until something came, or it is over: whether anything came. */
    public boolean awaitBegin() {
        await(() -> !messages.isEmpty() || over, "a message or the end");
        return !messages().isEmpty();
    }

    /** The {@code setup} object; waits for it. */
    public JsonObject setup() {
        return awaitMessage(message -> message.json().containsKey("setup"))
                .json()
                .getJsonObject("setup");
    }

    /** The first message of which the condition holds; waits for it. */
    public Message awaitMessage(Predicate<Message> condition) {
        await(() -> messages.stream().anyMatch(condition), "the message");
        return messages().stream().filter(condition).findFirst().orElseThrow();
    }

    /** Waits until that many messages came, setup included. */
    public List<Message> awaitMessages(int count) {
        await(() -> messages.size() >= count, count + " messages");
        return messages();
    }

    /** All audio received, in the order it came. */
    public byte[] audio() {
        synchronized (lock) {
            return audio.toByteArray();
        }
    }

    /** Waits until that much audio came; answers all of it. */
    public byte[] awaitAudioBytes(int count) {
        await(() -> audio.size() >= count, count + " bytes of audio");
        return audio();
    }

    /** Waits until that many pings came. */
    public void awaitPings(int count) {
        await(() -> pings >= count, count + " pings");
    }

    /** Waits for the end of the connection. */
    public CloseFrame awaitEnd() {
        await(() -> over, "the end of the connection");
        synchronized (lock) {
            return closeFrame;
        }
    }

    /** Whether the connection is over. */
    public boolean isOver() {
        synchronized (lock) {
            return over;
        }
    }

    /** Reads nothing from the socket until {@link #resumeReading}, as a peer that hangs. */
    public void pauseReading() {
        change(() -> paused = true);
    }

    /** See {@link #pauseReading}. */
    public void resumeReading() {
        change(() -> paused = false);
    }

    /** Sends a message in the server's kind of frame. */
    public void send(String json) {
        writeFrame(textFrames ? TEXT : BINARY, json.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends a message as a text frame. */
    public void sendText(String json) {
        writeFrame(TEXT, json.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends bytes as a binary frame. */
    public void sendBinary(byte[] bytes) {
        writeFrame(BINARY, bytes);
    }

    /** Confirms the setup. */
    public void sendSetupComplete() {
        send("{\"setupComplete\":{}}");
    }

    /** Sends model audio, PCM s16le 24 kHz mono. */
    public void sendAudio(byte[] pcm) {
        send("{\"serverContent\":{\"modelTurn\":{\"parts\":[{\"inlineData\":{\"mimeType\":\"audio/pcm;rate=24000\","
                + "\"data\":\"" + Base64.getEncoder().encodeToString(pcm) + "\"}}],\"role\":\"model\"}}}");
    }

    /** Sends the next piece of what the person said. */
    public void sendInputTranscript(String delta) {
        send("{\"serverContent\":{\"inputTranscription\":" + textObject(delta) + "}}");
    }

    /** Sends the next piece of what the model said. */
    public void sendOutputTranscript(String delta) {
        send("{\"serverContent\":{\"outputTranscription\":" + textObject(delta) + "}}");
    }

    /** Ends the generation, then the turn, with usage. */
    public void sendTurnComplete() {
        send("{\"serverContent\":{\"generationComplete\":true}}");
        send("{\"serverContent\":{\"turnComplete\":true},\"usageMetadata\":{\"promptTokenCount\":40,"
                + "\"responseTokenCount\":60,\"totalTokenCount\":100}}");
    }

    /** The person cut in. */
    public void sendInterrupted() {
        send("{\"serverContent\":{\"interrupted\":true}}");
    }

    /** Announces the end of the connection. */
    public void sendGoAway(long seconds) {
        send("{\"goAway\":{\"timeLeft\":\"" + seconds + "s\"}}");
    }

    /** Hands out a resumption handle. */
    public void sendHandle(String handle) {
        send("{\"sessionResumptionUpdate\":{\"newHandle\":\"" + handle + "\",\"resumable\":true}}");
    }

    /** Sends a close frame and ends the connection. */
    public void close(int code, String reason) {
        byte[] text = reason.getBytes(StandardCharsets.UTF_8);
        writeFrame(
                CLOSE,
                ByteBuffer.allocate(2 + text.length)
                        .putShort((short) code)
                        .put(text)
                        .array());
    }

    /** Sends bytes that need not be a WebSocket frame. */
    public void sendRaw(byte[] bytes) {
        synchronized (writing) {
            try {
                socket.getOutputStream().write(bytes);
                socket.getOutputStream().flush();
            } catch (IOException ignored) {
                // the client is gone: tests see that by the session's end
            }
        }
    }

    /** Resets the TCP connection: the client sees 1006. */
    public void kill() {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException ignored) {
            // closed already
        }
        ScriptedLiveServer.closeQuietly(socket);
    }

    /** Reads until the connection is over. */
    void readAll(ScriptedLiveServer.Script script) {
        try (socket) {
            DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 65536));
            ByteArrayOutputStream message = new ByteArrayOutputStream();
            int kind = TEXT;
            while (true) {
                awaitReading();
                int head = in.readUnsignedByte();
                byte[] payload = readPayload(in);
                int opcode = head & 0x0F;
                if (opcode == CLOSE) {
                    closed(payload);
                    return;
                } else if (opcode == PING) {
                    change(() -> pings++);
                    writeFrame(PONG, payload);
                } else if (opcode != PONG) {
                    kind = opcode == 0 ? kind : opcode;
                    message.write(payload);
                    if ((head & 0x80) != 0) {
                        received(message.toByteArray(), kind == BINARY, script);
                        message.reset();
                    }
                }
            }
        } catch (IOException ignored) {
            // over without a close frame
        } finally {
            change(() -> over = true);
        }
    }

    private void received(byte[] bytes, boolean binary, ScriptedLiveServer.Script script) {
        long now = System.nanoTime();
        if (raw) {
            JsonObject nothing = JsonObject.EMPTY_JSON_OBJECT;
            String text = binary ? "" : new String(bytes, StandardCharsets.UTF_8);
            ByteBuffer content = ByteBuffer.wrap(binary ? bytes : new byte[0]).asReadOnlyBuffer();
            Message message = new Message(text, nothing, content, now, binary);
            change(() -> messages.add(message));
            script.received(this, message);
            return;
        }
        String text = new String(bytes, StandardCharsets.UTF_8);
        JsonObject json;
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            json = reader.readObject();
        }
        byte[] pcm = audioOf(json);
        Message message = new Message(text, json, ByteBuffer.wrap(pcm).asReadOnlyBuffer(), now, binary);
        change(() -> {
            messages.add(message);
            audio.writeBytes(pcm);
        });
        script.received(this, message);
    }

    private static byte[] audioOf(JsonObject json) {
        JsonObject input = json.getJsonObject("realtimeInput");
        JsonObject blob = input == null ? null : input.getJsonObject("audio");
        JsonArray chunks = input == null ? null : input.getJsonArray("mediaChunks");
        if (blob == null && chunks != null && !chunks.isEmpty()) {
            blob = chunks.getJsonObject(0);
        }
        return blob == null ? new byte[0] : Base64.getDecoder().decode(blob.getString("data"));
    }

    private void closed(byte[] payload) {
        CloseFrame frame = payload.length < 2
                ? new CloseFrame(1005, "")
                : new CloseFrame(
                        ByteBuffer.wrap(payload).getShort() & 0xFFFF,
                        new String(payload, 2, payload.length - 2, StandardCharsets.UTF_8));
        change(() -> closeFrame = frame);
        writeFrame(CLOSE, payload.length < 2 ? payload : new byte[] {payload[0], payload[1]});
    }

    private static byte[] readPayload(DataInputStream in) throws IOException {
        int second = in.readUnsignedByte();
        long length = second & 0x7F;
        if (length == 126) {
            length = in.readUnsignedShort();
        } else if (length == 127) {
            length = in.readLong();
        }
        byte[] mask = new byte[(second & 0x80) != 0 ? 4 : 0];
        in.readFully(mask);
        byte[] payload = new byte[Math.toIntExact(length)];
        in.readFully(payload);
        if (mask.length == 0) {
            throw new IOException("A client must mask its frames (RFC 6455 §5.1)");
        }
        for (int i = 0; i < payload.length; i++) {
            payload[i] ^= mask[i & 3];
        }
        return payload;
    }

    private void writeFrame(int opcode, byte[] payload) {
        ByteBuffer frame = ByteBuffer.allocate(payload.length + 10);
        frame.put((byte) (0x80 | opcode));
        if (payload.length < 126) {
            frame.put((byte) payload.length);
        } else if (payload.length < 65536) {
            frame.put((byte) 126).putShort((short) payload.length);
        } else {
            frame.put((byte) 127).putLong(payload.length);
        }
        frame.put(payload).flip();
        byte[] bytes = new byte[frame.remaining()];
        frame.get(bytes);
        sendRaw(bytes);
    }

    private static String textObject(String text) {
        return Json.createObjectBuilder().add("text", text).build().toString();
    }

    private void change(Runnable change) {
        synchronized (lock) {
            change.run();
            lock.notifyAll();
        }
    }

    private void awaitReading() throws IOException {
        synchronized (lock) {
            while (paused) {
                try {
                    lock.wait();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new IOException("Interrupted", e);
                }
            }
        }
    }

    private void await(BooleanSupplier condition, String what) {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(TIMEOUT_MILLIS);
        synchronized (lock) {
            while (!condition.getAsBoolean()) {
                long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (left <= 0) {
                    throw new AssertionError("Waited " + TIMEOUT_MILLIS + " ms for " + what + "; " + messages.size()
                            + " messages and " + audio.size() + " bytes of audio came, over=" + over);
                }
                try {
                    lock.wait(left);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new AssertionError("Interrupted while waiting for " + what, e);
                }
            }
        }
    }
}
