package dev.parley.operations.diagnostics.check;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.parley.operations.diagnostics.step.Examination;
import dev.parley.operations.diagnostics.step.Fault;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One client of this server's own WebSocket, as {@code docs/protocol.md} has it. What comes is waited for on one thread;
 * beyond {@value #MOST_MESSAGES} messages the latest are dropped.
 */
final class DoorTalk implements WebSocket.Listener, AutoCloseable {
    private static final int MOST_MESSAGES = 10_000;
    private static final long SEND_SECONDS = 10;
    private static final long GLANCE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final BlockingQueue<Message> messages = new LinkedBlockingQueue<>(MOST_MESSAGES);
    private final Deque<Message> heard = new ArrayDeque<>();
    private final StringBuilder text = new StringBuilder();
    private final Examination examination;
    private volatile @Nullable WebSocket socket;

    @GuardedBy("this")
    private boolean closed;

    /**
     * What came.
     *
     * @param type of an event, {@code audio}, or {@code closed}
     * @param json the event; empty for the others
     */
    record Message(String type, JsonObject json) {
        static Message bare(String type) {
            return new Message(type, JsonObject.EMPTY_JSON_OBJECT);
        }

        /** A text member; empty when there is none. */
        String text(String member) {
            return json.getString(member, "");
        }
    }

    DoorTalk(Examination examination) {
        this.examination = examination;
    }

    /** Talks over this connection from now on; one that opens too late is closed at once. */
    synchronized WebSocket over(WebSocket opened) {
        socket = opened;
        if (closed) {
            opened.abort();
        }
        return opened;
    }

    void say(String json) throws Fault {
        WebSocket open = socket;
        if (open != null) {
            sent(open.sendText(json, true));
        }
    }

    /**
     * Sends a recording in pieces, as long as it lasts.
     *
     * @param speed how many times as fast as a person speaks
     */
    void play(byte[] recording, int seconds, int speed) throws Fault {
        int pieces = seconds * 10;
        long begun = System.nanoTime();
        WebSocket open = socket;
        for (int piece = 0; piece < pieces && open != null; piece++) {
            examination.cancellation().check();
            int from = (int) ((long) recording.length * piece / pieces);
            int to = (int) ((long) recording.length * (piece + 1) / pieces);
            sent(open.sendBinary(ByteBuffer.wrap(recording, from, to - from), true));
            long due = begun + TimeUnit.MILLISECONDS.toNanos(100L * (piece + 1) / speed);
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                poll(left).ifPresent(heard::add);
            }
        }
    }

    private static void sent(CompletableFuture<WebSocket> sending) throws Fault {
        try {
            sending.get(SEND_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException failure) {
            throw new Fault("This server's own WebSocket takes nothing any more. Its log tells more.", failure);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            throw new CancellationException();
        }
    }

    /** Waits for one of these; what comes before it is passed over. An end that is not waited for is a fault. */
    Message await(Set<String> types, Duration patience, String otherwise) throws Fault {
        long end = System.nanoTime() + examination.patience(patience).toNanos();
        for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
            examination.cancellation().check();
            Optional<Message> next = heard.isEmpty() ? poll(Math.min(left, GLANCE_NANOS)) : Optional.of(heard.remove());
            if (next.isPresent()) {
                Message message = next.get();
                if (types.contains(message.type())) {
                    return message;
                }
                if (message.type().equals("ended")) {
                    throw new Fault(message.text("reason"));
                }
                if (message.type().equals("closed")) {
                    throw new Fault(
                            "This server's own WebSocket broke off. Its log, or that of a proxy before it, tells"
                                    + " more.");
                }
            }
        }
        throw new Fault(otherwise);
    }

    private Optional<Message> poll(long nanos) {
        try {
            return Optional.ofNullable(messages.poll(nanos, TimeUnit.NANOSECONDS));
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            throw new CancellationException();
        }
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        text.append(data);
        if (last) {
            String whole = text.toString();
            text.setLength(0);
            try (JsonReader reader = Json.createReader(new StringReader(whole))) {
                JsonObject json = reader.readObject();
                messages.offer(new Message(json.getString("type", ""), json));
            } catch (JsonException noJson) {
                messages.offer(Message.bare("unknown"));
            }
        }
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
        messages.offer(Message.bare("audio"));
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        messages.offer(Message.bare("closed"));
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable failure) {
        messages.offer(Message.bare("closed"));
    }

    @Override
    public synchronized void close() {
        closed = true;
        WebSocket open = socket;
        if (open != null) {
            open.abort();
        }
    }
}
