package dev.parley.load.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Cuts a byte stream into WebSocket frames (RFC 6455 §5.2), masked or not. Whole messages only. Not thread safe. */
public final class FrameReader {
    private static final int LARGEST = 8 * 1024 * 1024;

    private ByteBuffer pending = ByteBuffer.allocate(8 * 1024);

    /** Hears whole frames. */
    @FunctionalInterface
    public interface Sink {
        /** The payload lies between position and limit and is valid during the call only. */
        void frame(int opcode, ByteBuffer payload) throws IOException;
    }

    /** Where the next bytes of the stream are to be put; call {@link #drain} afterwards. */
    public ByteBuffer space() {
        if (!pending.hasRemaining()) {
            ByteBuffer larger = ByteBuffer.allocate(pending.capacity() * 2);
            pending.flip();
            larger.put(pending);
            pending = larger;
        }
        return pending;
    }

    /** Hands over every frame that is complete. */
    public void drain(Sink sink) throws IOException {
        pending.flip();
        while (next(sink)) {
            // next() has taken a frame out
        }
        pending.compact();
    }

    private boolean next(Sink sink) throws IOException {
        if (pending.remaining() < 2) {
            return false;
        }
        int start = pending.position();
        int first = pending.get(start) & 0xff;
        int second = pending.get(start + 1) & 0xff;
        boolean masked = (second & 0x80) != 0;
        int extra = (second & 0x7f) == 126 ? 2 : (second & 0x7f) == 127 ? 8 : 0;
        int header = 2 + extra + (masked ? 4 : 0);
        if (pending.remaining() < header) {
            return false;
        }
        long length = extra == 0
                ? second & 0x7f
                : extra == 2 ? pending.getShort(start + 2) & 0xffff : pending.getLong(start + 2);
        if ((first & 0x80) == 0 || length < 0 || length > LARGEST) {
            throw new IOException("A frame that the load tool does not read: fragmented, or of " + length + " bytes");
        }
        if (pending.remaining() < header + length) {
            return false;
        }
        ByteBuffer payload = pending.slice(start + header, (int) length);
        if (masked) {
            unmask(payload, pending.getInt(start + header - 4));
        }
        pending.position(start + header + (int) length);
        sink.frame(first & 0x0f, payload);
        return true;
    }

    private static void unmask(ByteBuffer payload, int key) {
        if (key == 0) {
            return;
        }
        payload.order(ByteOrder.BIG_ENDIAN);
        long wide = ((long) key << 32) | (key & 0xffffffffL);
        int at = 0;
        for (; at + 8 <= payload.limit(); at += 8) {
            payload.putLong(at, payload.getLong(at) ^ wide);
        }
        for (; at < payload.limit(); at++) {
            payload.put(at, (byte) (payload.get(at) ^ (key >>> (24 - 8 * (at & 3)))));
        }
    }
}
