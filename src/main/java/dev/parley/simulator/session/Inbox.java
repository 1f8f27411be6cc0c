package dev.parley.simulator.session;

import dev.parley.simulator.protocol.Refusal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * A client's frames on their way into the serial order, bounded in bytes: no server holds back a client that sends
 * faster than it is read, so what waits is counted here and too much ends the session. Any thread.
 */
final class Inbox {
    private final int maxMessageBytes;
    private final Executor serial;
    private final Consumer<String> taker;
    private final Consumer<Refusal> refuser;
    private final AtomicInteger waitingBytes = new AtomicInteger();
    private volatile boolean closed;

    /** Hands frames to {@code taker} and faults to {@code refuser}, both in the serial order. */
    Inbox(int maxMessageBytes, Executor serial, Consumer<String> taker, Consumer<Refusal> refuser) {
        this.maxMessageBytes = maxMessageBytes;
        this.serial = serial;
        this.taker = taker;
        this.refuser = refuser;
    }

    void put(String frame) {
        if (closed) {
            return;
        }
        int bytes = frame.length();
        if (bytes > maxMessageBytes) {
            refuse(new Refusal(1009, "Message too big"));
        } else if (waitingBytes.addAndGet(bytes) > 2L * maxMessageBytes) {
            refuse(new Refusal(1011, "Resource has been exhausted (e.g. check quota)."));
        } else {
            serial.execute(() -> {
                waitingBytes.addAndGet(-bytes);
                if (!closed) {
                    taker.accept(frame);
                }
            });
        }
    }

    /** A binary frame is JSON as well. */
    void put(ByteBuffer frame) {
        if (closed) {
            return;
        }
        if (frame.remaining() > 3L * maxMessageBytes) {
            refuse(new Refusal(1009, "Message too big"));
            return;
        }
        try {
            put(StandardCharsets.UTF_8.newDecoder().decode(frame).toString());
        } catch (CharacterCodingException noText) {
            refuse(new Refusal(1007, "Invalid JSON payload received. Unexpected token."));
        }
    }

    /** Drops what waits and what comes. */
    void close() {
        closed = true;
    }

    /** In its place in the order; nothing behind it is taken. */
    private void refuse(Refusal refusal) {
        closed = true;
        serial.execute(() -> refuser.accept(refusal));
    }
}
