package dev.parley.load.speech;

import java.nio.ByteBuffer;

/** What one caller says, chunk by chunk in real time. */
public interface Source {
    /** What the {@code start} message declares. */
    String mimeType();

    /** When chunk {@code index} is due, in nanoseconds after the caller's first. */
    long dueNanos(int index);

    /**
     * Chunk {@code index}, about to be sent at {@code nowNanos}; valid until the next call. An empty one means the end
     * of one stream and that a new one begins with the next chunk.
     */
    ByteBuffer chunk(int index, long nowNanos);
}
