package dev.parley.media.webm;

import java.nio.ByteBuffer;

/**
 * Cuts a byte stream into EBML elements (RFC 8794 §4–6), whatever the pieces it comes in. Holds at most one element
 * header and as much of one payload as its handler asked for; skips the rest without storing it.
 */
final class ElementReader {
    /** Answer of {@link Handler#begin}: the payload is elements again. */
    static final int ENTER = -1;

    /** Size of an element whose end is not known when it begins. */
    static final long UNKNOWN_SIZE = -1;

    /** Decides what becomes of each element. */
    interface Handler {
        /**
         * An element begins.
         *
         * @param size payload bytes, or {@link #UNKNOWN_SIZE}
         * @return how many of its first bytes to collect before {@link #collected} is called (0: skip it all), or
         *     {@link #ENTER}
         */
        int begin(int id, long size);

        /**
         * The bytes asked for are there.
         *
         * @return how many to collect in all if more are needed after a first look; else anything up to {@code length}
         */
        int collected(int id, long size, byte[] buffer, int length);

        /** The reader stands between two elements. */
        void between();
    }

    private static final int MAX_ID_BYTES = 4;
    private static final int MAX_SIZE_BYTES = 8;

    private final Handler handler;
    private byte[] payload = new byte[512];

    private int id;
    private int idBytesLeft;
    private boolean inSize;
    private long size;
    private long sizeAllOnes;
    private int sizeBytesLeft;

    private int wanted;
    private int have;
    private long toSkip;
    private long position;

    ElementReader(Handler handler) {
        this.handler = handler;
    }

    /** Bytes read since the beginning of the stream. */
    long position() {
        return position;
    }

    void feed(ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            if (have < wanted) {
                collect(bytes);
            } else if (toSkip > 0) {
                skip(bytes);
            } else {
                position++;
                header(bytes.get() & 0xFF);
            }
        }
    }

    private void collect(ByteBuffer bytes) {
        int take = Math.min(wanted - have, bytes.remaining());
        bytes.get(payload, have, take);
        have += take;
        position += take;
        if (have == wanted) {
            deliver();
        }
    }

    private void deliver() {
        int more = handler.collected(id, size, payload, have);
        if (more > have) {
            want(more);
        } else {
            toSkip = size - have;
            have = 0;
            wanted = 0;
            ended();
        }
    }

    private void skip(ByteBuffer bytes) {
        int take = (int) Math.min(toSkip, bytes.remaining());
        bytes.position(bytes.position() + take);
        toSkip -= take;
        position += take;
        ended();
    }

    private void ended() {
        if (toSkip == 0) {
            handler.between();
        }
    }

    private void want(int bytes) {
        if (payload.length < bytes) {
            byte[] larger = new byte[Math.max(bytes, payload.length * 2)];
            System.arraycopy(payload, 0, larger, 0, have);
            payload = larger;
        }
        wanted = bytes;
    }

    private void header(int next) {
        if (inSize) {
            sizeByte(next);
        } else if (idBytesLeft > 0) {
            id = (id << 8) | next;
            inSize = --idBytesLeft == 0;
        } else {
            int length = Integer.numberOfLeadingZeros(next) - 23;
            if (length > MAX_ID_BYTES) {
                throw Ids.CORRUPT.because("no element where one must begin, at byte " + (position - 1));
            }
            id = next;
            idBytesLeft = length - 1;
            inSize = idBytesLeft == 0;
        }
    }

    private void sizeByte(int next) {
        if (sizeBytesLeft > 0) {
            size = (size << 8) | next;
            sizeAllOnes = (sizeAllOnes << 8) | 0xFF;
            sizeBytesLeft--;
        } else {
            int length = Integer.numberOfLeadingZeros(next) - 23;
            if (length > MAX_SIZE_BYTES) {
                throw Ids.CORRUPT.because("an element without a length, at byte " + (position - 1));
            }
            sizeAllOnes = 0xFF >> length;
            size = next & sizeAllOnes;
            sizeBytesLeft = length - 1;
        }
        if (sizeBytesLeft == 0) {
            inSize = false;
            begin(size == sizeAllOnes ? UNKNOWN_SIZE : size);
        }
    }

    private void begin(long elementSize) {
        size = elementSize;
        int collect = handler.begin(id, elementSize);
        if (collect == ENTER) {
            handler.between();
            return;
        }
        if (elementSize == UNKNOWN_SIZE) {
            throw Ids.CORRUPT.because("an element of unknown size that must have one");
        }
        if (collect > 0) {
            want((int) Math.min(collect, elementSize));
        }
        if (wanted == 0) {
            toSkip = elementSize;
            ended();
        }
    }
}
