package dev.parley.media.webm;

import java.nio.charset.StandardCharsets;

/** Walks the child elements inside one payload that is already in memory. */
final class Elements {
    private final byte[] buffer;
    private final int end;
    private int next;

    private int id;
    private int start;
    private int size;

    Elements(byte[] buffer, int offset, int length) {
        this.buffer = buffer;
        this.next = offset;
        this.end = offset + length;
    }

    /** Goes to the next child; false after the last. */
    boolean advance() {
        if (next == end) {
            return false;
        }
        int idBytes = Integer.numberOfLeadingZeros(buffer[next] & 0xFF) - 23;
        if (idBytes > 4 || next + idBytes >= end) {
            throw Ids.CORRUPT.because("a track description that does not hold together");
        }
        id = (int) bigEndian(next, idBytes);
        next += idBytes;
        int sizeBytes = Integer.numberOfLeadingZeros(buffer[next] & 0xFF) - 23;
        if (sizeBytes > 8 || next + sizeBytes > end) {
            throw Ids.CORRUPT.because("a track description that does not hold together");
        }
        long childSize = bigEndian(next, sizeBytes) & ((1L << (7 * sizeBytes)) - 1);
        next += sizeBytes;
        if (childSize > end - next) {
            throw Ids.CORRUPT.because("a track description that is cut off");
        }
        start = next;
        size = (int) childSize;
        next += size;
        return true;
    }

    int id() {
        return id;
    }

    /** The child's payload as an unsigned number; only its last 8 bytes count. */
    long number() {
        int bytes = Math.min(size, 8);
        return bigEndian(start + size - bytes, bytes);
    }

    /** The child's payload as text, cut to what a message can carry, with nothing in it but printable ASCII. */
    String text() {
        String text = new String(buffer, start, Math.min(size, 32), StandardCharsets.ISO_8859_1);
        return text.replaceAll("[^ -~]", "");
    }

    byte[] bytes() {
        byte[] copy = new byte[size];
        System.arraycopy(buffer, start, copy, 0, size);
        return copy;
    }

    Elements children() {
        return new Elements(buffer, start, size);
    }

    private long bigEndian(int from, int length) {
        long value = 0;
        for (int i = from; i < from + length; i++) {
            value = (value << 8) | (buffer[i] & 0xFF);
        }
        return value;
    }
}
