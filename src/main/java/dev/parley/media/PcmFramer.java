package dev.parley.media;

import java.util.Objects;

/**
 * Cuts decoded audio into messages of 20 to 100 ms, in order: what is there leaves at once when it makes a message,
 * split evenly when it makes several; only less than 20 ms waits for more. One stream, one thread at a time.
 */
public final class PcmFramer implements PcmSink {
    /** Bytes of the shortest message: 20 ms. */
    public static final int MIN_BYTES = 640;

    /** Bytes of the longest message: 100 ms. */
    public static final int MAX_BYTES = 3_200;

    private final PcmSink out;
    private final byte[] held = new byte[MAX_BYTES];
    private int heldLength;

    /** Messages go to {@code out}, in buffers that are reused. */
    public PcmFramer(PcmSink out) {
        this.out = out;
    }

    @Override
    public void pcm(byte[] buffer, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, buffer.length);
        if (length % 2 != 0) {
            throw new IllegalArgumentException("half a sample: " + length + " bytes");
        }
        int from = offset;
        int end = offset + length;
        int total = heldLength + length;
        int messages = total < MIN_BYTES ? 0 : (total + MAX_BYTES - 1) / MAX_BYTES;
        for (; messages > 0; messages--) {
            // Rounded up to whole samples; the rest is divided again, so no message falls below the minimum.
            int size = ((total + messages - 1) / messages + 1) & ~1;
            if (heldLength > 0) {
                int more = size - heldLength;
                System.arraycopy(buffer, from, held, heldLength, more);
                heldLength = 0;
                out.pcm(held, 0, size);
                from += more;
            } else {
                out.pcm(buffer, from, size);
                from += size;
            }
            total -= size;
        }
        System.arraycopy(buffer, from, held, heldLength, end - from);
        heldLength += end - from;
    }

    /** Gives what is held, however short: no more will come soon. */
    public void flush() {
        int length = heldLength;
        if (length > 0) {
            heldLength = 0;
            out.pcm(held, 0, length);
        }
    }

    /** Drops what is held. */
    public void clear() {
        heldLength = 0;
    }
}
