package dev.parley.load.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** Writes WebSocket frames to a non-blocking channel; what the socket does not take waits here. Not thread safe. */
public final class FrameWriter {
    private static final int LARGEST_HEADER = 14;

    private final SocketChannel channel;
    private final boolean masked;
    private ByteBuffer waiting = ByteBuffer.allocate(4 * 1024).limit(0);

    /** {@code masked} is the client's duty (RFC 6455 §5.3); the key is zero, which costs nothing to apply. */
    public FrameWriter(SocketChannel channel, boolean masked) {
        this.channel = channel;
        this.masked = masked;
    }

    /** Sends text. */
    public void text(String text) throws IOException {
        frame(Opcode.TEXT, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Sends one frame, whole, or keeps the rest for {@link #flush}. */
    public void frame(int opcode, ByteBuffer payload) throws IOException {
        int length = payload.remaining();
        reserve(LARGEST_HEADER + length);
        int end = waiting.limit();
        waiting.limit(waiting.capacity());
        int at = end;
        waiting.put(at++, (byte) (0x80 | opcode));
        int mask = masked ? 0x80 : 0;
        if (length < 126) {
            waiting.put(at++, (byte) (mask | length));
        } else if (length <= 0xffff) {
            waiting.put(at++, (byte) (mask | 126));
            waiting.putShort(at, (short) length);
            at += 2;
        } else {
            waiting.put(at++, (byte) (mask | 127));
            waiting.putLong(at, length);
            at += 8;
        }
        if (masked) {
            waiting.putInt(at, 0);
            at += 4;
        }
        waiting.put(at, payload, payload.position(), length);
        waiting.limit(at + length);
        flush();
    }

    /** Bytes as they are, for the opening handshake. */
    public void raw(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        reserve(bytes.length);
        int end = waiting.limit();
        waiting.limit(end + bytes.length);
        waiting.put(end, bytes);
        flush();
    }

    /** Writes what waits; true when nothing is left. */
    public boolean flush() throws IOException {
        channel.write(waiting);
        if (waiting.hasRemaining()) {
            return false;
        }
        waiting.position(0).limit(0);
        return true;
    }

    private void reserve(int bytes) {
        if (waiting.capacity() - waiting.limit() >= bytes) {
            return;
        }
        ByteBuffer larger = ByteBuffer.allocate(Math.max(waiting.capacity() * 2, waiting.remaining() + bytes));
        larger.put(waiting).flip();
        waiting = larger;
    }
}
