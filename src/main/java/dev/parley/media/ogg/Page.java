package dev.parley.media.ogg;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** One page (RFC 3533 §6), as it fills; reused for the next. */
final class Page {
    /** Bytes before the table of segments. */
    static final int HEADER_BYTES = 27;

    /** Bytes of the longest page. */
    static final int MAX_BYTES = HEADER_BYTES + 255 + 255 * 255;

    /** How every page begins: the capture pattern and the version. */
    static final byte[] CAPTURE = {'O', 'g', 'g', 'S', 0};

    /** The first packet of the page began on an earlier one. */
    static final int CONTINUED = 1;
    /** The first page of a logical stream. */
    static final int FIRST = 2;
    /** The last page of a logical stream. */
    static final int LAST = 4;

    private static final int FLAGS_AT = 5;
    private static final int GRANULE_AT = 6;
    private static final int SERIAL_AT = 14;
    private static final int SEQUENCE_AT = 18;
    static final int CHECKSUM_AT = 22;
    private static final int SEGMENTS_AT = 26;
    private static final byte[] NO_CHECKSUM = new byte[4];

    private byte[] bytes = new byte[4_096];
    private ByteBuffer fields = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    private int start;
    private int end;

    /** Where the page's bytes are; another array after more were taken. */
    byte[] bytes() {
        return bytes;
    }

    /** Takes bytes until there are {@code wanted}, or none are left. */
    void fill(ByteBuffer from, int wanted) {
        if (start > 0) {
            System.arraycopy(bytes, start, bytes, 0, end - start);
            end -= start;
            start = 0;
        }
        if (bytes.length < wanted) {
            bytes = Arrays.copyOf(bytes, Math.min(MAX_BYTES, Math.max(wanted, 2 * bytes.length)));
            fields = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        }
        int take = Math.min(wanted - end, from.remaining());
        from.get(bytes, end, take);
        end += take;
    }

    /** Drops the first {@code count} bytes: the page begins behind them. */
    void drop(int count) {
        start += count;
    }

    /** How many bytes are there, of this page and of what follows it. */
    int available() {
        return end - start;
    }

    /** How many bytes the whole page has, as far as can be told by now. */
    int wanted() {
        if (available() < HEADER_BYTES || available() < HEADER_BYTES + segments()) {
            return available() < HEADER_BYTES ? HEADER_BYTES : HEADER_BYTES + segments();
        }
        int wanted = HEADER_BYTES + segments();
        for (int i = 0; i < segments(); i++) {
            wanted += segment(i);
        }
        return wanted;
    }

    /** Whether the bytes from {@code at} on can begin a page: its capture pattern and version. */
    boolean plausible(int at) {
        for (int i = 0; i < Math.min(available() - at, CAPTURE.length); i++) {
            if (bytes[start + at + i] != CAPTURE[i]) {
                return false;
            }
        }
        return true;
    }

    /** Whether the whole page is as it was written. */
    boolean checks() {
        int sum = Checksum.of(0, bytes, start, start + CHECKSUM_AT);
        sum = Checksum.of(sum, NO_CHECKSUM, 0, NO_CHECKSUM.length);
        sum = Checksum.of(sum, bytes, start + CHECKSUM_AT + NO_CHECKSUM.length, start + wanted());
        return sum == fields.getInt(start + CHECKSUM_AT);
    }

    boolean has(int flag) {
        return (bytes[start + FLAGS_AT] & flag) != 0;
    }

    /** Position at the end of the last packet that ends here, in the codec's unit; −1 when none does. */
    long granule() {
        return fields.getLong(start + GRANULE_AT);
    }

    int serial() {
        return fields.getInt(start + SERIAL_AT);
    }

    int sequence() {
        return fields.getInt(start + SEQUENCE_AT);
    }

    int segments() {
        return bytes[start + SEGMENTS_AT] & 0xFF;
    }

    /** Bytes of a segment: 255 when its packet goes on. */
    int segment(int index) {
        return bytes[start + HEADER_BYTES + index] & 0xFF;
    }

    /** Where in {@link #bytes()} the first segment begins. */
    int bodyAt() {
        return start + HEADER_BYTES + segments();
    }
}
