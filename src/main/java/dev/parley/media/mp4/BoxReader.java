package dev.parley.media.mp4;

import java.nio.ByteBuffer;

/**
 * Cuts a byte stream into boxes (ISO 14496-12 §4.2), whatever the pieces it comes in. Holds at most one box header and
 * one payload of a length that its handler allowed.
 */
final class BoxReader {
    /** Answer of {@link Handler#begin}: the payload is boxes again. */
    static final int ENTER = -1;
    /** Answer of {@link Handler#begin}: the payload goes to {@link Handler#payload} as it comes. */
    static final int PASS = -2;
    /** Answer of {@link Handler#begin}: of no use. */
    static final int SKIP = -3;

    /** Size of a box that goes on to the end of the file. */
    static final long TO_THE_END = Long.MAX_VALUE;

    private static final int SMALL_HEADER = 8;
    private static final int LARGE_HEADER = 16;

    /** Decides what becomes of each box. */
    interface Handler {
        /**
         * A box begins.
         *
         * @param start position of its first byte
         * @param size payload bytes, or {@link #TO_THE_END}
         * @return how many bytes to collect (all of the payload), or one of the answers above
         */
        int begin(int type, long start, long size);

        /** The payload asked for is there; the buffer is reused. */
        void collected(int type, ByteBuffer payload);

        /** The next bytes of a payload that is passed on, up to the buffer's limit. */
        void payload(ByteBuffer bytes, long position);
    }

    private final Handler handler;
    private final ByteBuffer header = ByteBuffer.allocate(LARGE_HEADER).limit(SMALL_HEADER);
    private byte[] payload = new byte[512];
    private ByteBuffer view = ByteBuffer.wrap(payload);
    private int type;
    private int wanted;
    private int have;
    private long toPass;
    private long toSkip;
    private long position;

    BoxReader(Handler handler) {
        this.handler = handler;
    }

    /** Bytes read, or position in the file. */
    long position() {
        return position;
    }

    /** Goes on as if the next byte were the one at this position, where a box begins. */
    void seek(long newPosition) {
        position = newPosition;
        header.clear().limit(SMALL_HEADER);
        wanted = 0;
        have = 0;
        toPass = 0;
        toSkip = 0;
    }

    void feed(ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            if (wanted > 0) {
                collect(bytes);
            } else if (toPass > 0) {
                pass(bytes);
            } else if (toSkip > 0) {
                int take = (int) Math.min(toSkip, bytes.remaining());
                bytes.position(bytes.position() + take);
                position += take;
                toSkip -= take;
            } else {
                header.put(bytes.get());
                position++;
                if (!header.hasRemaining()) {
                    header();
                }
            }
        }
    }

    private void collect(ByteBuffer bytes) {
        int take = Math.min(wanted - have, bytes.remaining());
        if (payload.length < have + take) {
            byte[] larger = new byte[Math.min(wanted, Math.max(have + take, 2 * payload.length))];
            System.arraycopy(payload, 0, larger, 0, have);
            payload = larger;
            view = ByteBuffer.wrap(payload);
        }
        bytes.get(payload, have, take);
        have += take;
        position += take;
        if (have == wanted) {
            wanted = 0;
            handler.collected(type, view.clear().limit(have));
        }
    }

    private void pass(ByteBuffer bytes) {
        int take = (int) Math.min(toPass, bytes.remaining());
        int end = bytes.position() + take;
        int limit = bytes.limit();
        long at = position;
        position += take;
        toPass -= take;
        bytes.limit(end);
        handler.payload(bytes, at);
        bytes.limit(limit).position(end);
    }

    private void header() {
        long size = header.getInt(0) & 0xFFFF_FFFFL;
        if (size == 1 && header.limit() == SMALL_HEADER) {
            header.limit(LARGE_HEADER);
            return;
        }
        int headerBytes = header.limit();
        long start = position - headerBytes;
        if (size == 1) {
            size = header.getLong(SMALL_HEADER);
        } else if (size == 0) {
            size = TO_THE_END;
        }
        type = header.getInt(4);
        header.clear().limit(SMALL_HEADER);
        if (size < headerBytes || !Types.isPrintable(type)) {
            throw Types.CORRUPT.because("no box where one must begin, at byte " + start);
        }
        begin(start, size == TO_THE_END ? size : size - headerBytes);
    }

    private void begin(long start, long size) {
        int answer = handler.begin(type, start, size);
        switch (answer) {
            case ENTER -> {
                if (size == TO_THE_END) {
                    throw Types.CORRUPT.because("a box without a length that must have one");
                }
            }
            case PASS -> toPass = size;
            case SKIP -> toSkip = size;
            default -> {
                have = 0;
                wanted = answer;
                if (wanted == 0) {
                    handler.collected(type, view.clear().limit(0));
                }
            }
        }
    }
}
