package dev.parley.media.webm;

import dev.parley.media.container.PacketListener;

/**
 * The inside of a SimpleBlock or Block: track, time, flags, and one frame or several laced together (RFC 9559 §10).
 * What does not add up costs its block: it is told as one lost packet, because the elements around it still stand.
 */
final class Block {
    /** Enough of a block to know its track. */
    static final int TRACK_BYTES = 8;

    private static final int TIME_AND_FLAGS_BYTES = 3;
    private static final int MAX_LACED = 256;

    private static final int NO_LACING = 0;
    private static final int XIPH = 1;
    private static final int FIXED = 2;

    private final int[] sizes = new int[MAX_LACED];
    private int cursor;
    private int end;

    /** The track a block belongs to, from its first bytes; −1 when they are no track number. */
    static long track(byte[] buffer, int length) {
        int bytes = vintBytes(buffer[0]);
        if (bytes > Math.min(TRACK_BYTES, length)) {
            return -1;
        }
        return vint(buffer, 0, bytes);
    }

    /** Gives the frames of a whole block to {@code listener}. */
    void deliver(byte[] buffer, int length, long discardNanos, PacketListener listener) {
        cursor = vintBytes(buffer[0]) + TIME_AND_FLAGS_BYTES;
        end = length;
        int frames = 0;
        if (cursor <= length) {
            int lacing = (buffer[cursor - 1] >> 1) & 3;
            frames = lacing == NO_LACING ? single() : laced(buffer, lacing);
        }
        if (frames == 0) {
            listener.packet(buffer, 0, 0, 0);
            return;
        }
        for (int i = 0; i < frames; i++) {
            boolean discards = discardNanos > 0 ? i == frames - 1 : i == 0;
            // An empty lace costs one byte here and would cost a whole packet's concealment: it holds nothing.
            if (sizes[i] > 0) {
                listener.packet(buffer, cursor, sizes[i], discards ? discardNanos : 0);
            }
            cursor += sizes[i];
        }
    }

    private int single() {
        sizes[0] = end - cursor;
        return sizes[0] > 0 ? 1 : 0;
    }

    /** Fills {@link #sizes} and leaves the cursor at the first frame; 0 when the sizes do not fit the block. */
    private int laced(byte[] buffer, int lacing) {
        if (cursor >= end) {
            return 0;
        }
        int frames = (buffer[cursor++] & 0xFF) + 1;
        boolean fits =
                switch (lacing) {
                    case XIPH -> xiphSizes(buffer, frames);
                    case FIXED -> fixedSizes(frames);
                    default -> ebmlSizes(buffer, frames);
                };
        return fits ? frames : 0;
    }

    private boolean fixedSizes(int frames) {
        int bytes = end - cursor;
        for (int i = 0; i < frames; i++) {
            sizes[i] = bytes / frames;
        }
        return bytes > 0 && bytes % frames == 0;
    }

    private boolean xiphSizes(byte[] buffer, int frames) {
        int sum = 0;
        for (int i = 0; i < frames - 1; i++) {
            int size = 0;
            int next = 255;
            while (next == 255) {
                if (cursor >= end) {
                    return false;
                }
                next = buffer[cursor++] & 0xFF;
                size += next;
            }
            sizes[i] = size;
            sum += size;
        }
        return last(frames, sum);
    }

    private boolean ebmlSizes(byte[] buffer, int frames) {
        long size = 0;
        int sum = 0;
        for (int i = 0; i < frames - 1; i++) {
            int bytes = cursor < end ? vintBytes(buffer[cursor]) : 9;
            if (bytes > 8 || cursor + bytes > end) {
                return false;
            }
            long value = vint(buffer, cursor, bytes);
            cursor += bytes;
            // Sizes after the first are differences, with half the range as the zero.
            size = i == 0 ? value : size + value - ((1L << (7 * bytes - 1)) - 1);
            if (size < 0 || size > end) {
                return false;
            }
            sizes[i] = (int) size;
            sum += sizes[i];
        }
        return last(frames, sum);
    }

    private boolean last(int frames, int sumOfOthers) {
        sizes[frames - 1] = end - cursor - sumOfOthers;
        return sizes[frames - 1] >= 0;
    }

    private static int vintBytes(byte first) {
        return Integer.numberOfLeadingZeros(first & 0xFF) - 23;
    }

    private static long vint(byte[] buffer, int at, int bytes) {
        long value = buffer[at] & (0xFF >> bytes);
        for (int i = 1; i < bytes; i++) {
            value = (value << 8) | (buffer[at + i] & 0xFF);
        }
        return value;
    }
}
