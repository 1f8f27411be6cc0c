package dev.parley.load.wire;

import java.nio.ByteBuffer;

/**
 * The mark at the head of a measured chunk of PCM: who sent it, which one it is, and when. 16 kHz PCM passes a gateway
 * byte for byte, so the mark arrives as it was sent.
 */
public final class Mark {
    /** Bytes of one 40 ms chunk at 16 kHz, mono s16le. */
    public static final int CHUNK_BYTES = 1280;

    private static final long MAGIC = 0x5041524c45594c44L;

    private Mark() {}

    /** Writes a mark at the buffer's start; {@code nanos} is {@link System#nanoTime}. */
    public static void write(ByteBuffer chunk, int conversation, int sequence, long nanos) {
        chunk.putLong(0, MAGIC).putInt(8, conversation).putInt(12, sequence).putLong(16, nanos);
    }

    /** Whether a mark begins at the buffer's start. */
    public static boolean isMarked(ByteBuffer chunk) {
        return chunk.getLong(0) == MAGIC;
    }

    /** Who sent it. */
    public static int conversation(ByteBuffer chunk) {
        return chunk.getInt(8);
    }

    /** Which one it is, counted from 0 per conversation. */
    public static int sequence(ByteBuffer chunk) {
        return chunk.getInt(12);
    }

    /** When it was sent, {@link System#nanoTime} of the sender. */
    public static long sentNanos(ByteBuffer chunk) {
        return chunk.getLong(16);
    }
}
