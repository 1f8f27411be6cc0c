package dev.parley.media.opus.range;

/**
 * Reads the symbols of one Opus frame, which SILK and CELT share (RFC 6716 §4.1; libopus celt/entdec.c). Range coded
 * symbols lie from the front, raw bits from the back. Behind the end there are zeros: no content can make it read out of
 * bounds or loop. Reused for frame after frame; one thread at a time.
 */
public final class RangeDecoder {
    private static final int SYMBOL_BITS = 8;
    private static final int SYMBOL_MAX = 255;
    private static final long TOP = 1L << 31;
    private static final long BOTTOM = TOP >> SYMBOL_BITS;
    /** Bits of the last symbol that go into the first one. */
    private static final int EXTRA_BITS = 7;

    private static final int WINDOW_BITS = 32;
    /** The most bits of an equally distributed number that are range coded. */
    private static final int UNIFORM_BITS = 8;

    private static final int LAPLACE_MINIMUM = 1;
    private static final int LAPLACE_SURE = 16;
    private static final int[] LOG_CORRECTION = {35733, 38967, 42495, 46340, 50535, 55109, 60097, 65535};

    private byte[] bytes = new byte[0];
    private int begin;
    private int length;
    private int front;
    private int back;
    private int window;
    private int windowBits;
    private int totalBits;
    private int remainder;
    /** Size of the current range, 2^23 < range ≤ 2^31. */
    private long range;
    /** Distance of the coded value from the top of the range, less than {@link #range}. */
    private long value;

    private long step;

    /** Begins with a frame. */
    public void start(byte[] buffer, int at, int count) {
        bytes = buffer;
        begin = at;
        length = count;
        front = 0;
        back = 0;
        window = 0;
        windowBits = 0;
        totalBits = 9;
        range = 1 << EXTRA_BITS;
        remainder = nextByte();
        value = range - 1 - (remainder >> (SYMBOL_BITS - EXTRA_BITS));
        normalize();
    }

    /** The rest belongs to something else: takes bytes off the end, before raw bits are read. */
    public void shorten(int count) {
        length -= count;
    }

    /** Bytes of the frame. */
    public int length() {
        return length;
    }

    /** One bit that is 1 with a probability of 2^-logp. */
    public int bit(int logp) {
        return split(range >> logp);
    }

    /** 0 or 1, where {@code inverse} of 256 are left for 1. */
    public int binary(int inverse) {
        return split((range >> 8) * inverse);
    }

    /** 1 when the value lies in the upper {@code part} of the range, else 0. */
    private int split(long part) {
        int result;
        if (value < part) {
            range = part;
            result = 1;
        } else {
            value -= part;
            range -= part;
            result = 0;
        }
        normalize();
        return result;
    }

    /** A symbol by a table of what is left of 256 behind each symbol. */
    public int symbol(short[] table) {
        return symbol(table, 0, 8);
    }

    /** A symbol by the part of a table that begins at {@code at}, for a total of 2^bits. */
    public int symbol(short[] table, int at, int bits) {
        long unit = range >> bits;
        long top;
        long left = range;
        int index = at - 1;
        do {
            top = left;
            left = unit * table[++index];
        } while (value < left);
        value -= left;
        range = top - left;
        normalize();
        return index - at;
    }

    /** Where the next symbol lies in {@code total}; {@link #update} must follow. */
    public int position(int total) {
        step = range / total;
        return total - (int) Math.min(value / step + 1, total);
    }

    /** Takes the symbol found at {@link #position}: low ≤ position < high ≤ total. */
    public void update(int low, int high, int total) {
        long above = step * (total - high);
        value -= above;
        range = low > 0 ? step * (high - low) : range - above;
        normalize();
    }

    /** An equally distributed number below {@code total}, 2 … 2^32 - 1. */
    public long uniform(long total) {
        long last = total - 1;
        int bits = Long.SIZE - Long.numberOfLeadingZeros(last);
        if (bits <= UNIFORM_BITS) {
            int result = position((int) total);
            update(result, result + 1, (int) total);
            return result;
        }
        int low = bits - UNIFORM_BITS;
        int parts = (int) (last >> low) + 1;
        int high = position(parts);
        update(high, high + 1, parts);
        return Math.min((long) high << low | raw(low), last);
    }

    /** Raw bits from the end of the frame, 0 … 25 of them. */
    public int raw(int bits) {
        if (windowBits < bits) {
            do {
                window |= previousByte() << windowBits;
                windowBits += SYMBOL_BITS;
            } while (windowBits <= WINDOW_BITS - SYMBOL_BITS);
        }
        int result = window & ((1 << bits) - 1);
        window >>>= bits;
        windowBits -= bits;
        totalBits += bits;
        return result;
    }

    /** A number of Laplace distribution: 0 has {@code zero} of 32768, and what is beyond decays (celt/laplace.c). */
    public int laplace(int zero, int decay) {
        int at = position(32_768);
        int size = zero;
        int low = 0;
        int result = 0;
        if (at >= size) {
            result = 1;
            low = size;
            size = ((32_768 - LAPLACE_MINIMUM * 2 * LAPLACE_SURE - size) * (16_384 - decay)) >>> 15;
            size += LAPLACE_MINIMUM;
            while (size > LAPLACE_MINIMUM && at >= low + 2 * size) {
                size *= 2;
                low += size;
                size = (((size - 2 * LAPLACE_MINIMUM) * decay) >>> 15) + LAPLACE_MINIMUM;
                result++;
            }
            if (size <= LAPLACE_MINIMUM) {
                int distance = (at - low) >> 1;
                result += distance;
                low += 2 * distance * LAPLACE_MINIMUM;
            }
            if (at < low + size) {
                result = -result;
            } else {
                low += size;
            }
        }
        update(low, Math.min(low + size, 32_768), 32_768);
        return result;
    }

    /** Bits used so far, rounded up; beyond 8 times the length when the frame is cut off. */
    public int tell() {
        return totalBits - (Long.SIZE - Long.numberOfLeadingZeros(range));
    }

    /** Eighths of bits used so far, rounded up. */
    public int tellEighths() {
        int log = Long.SIZE - Long.numberOfLeadingZeros(range);
        int mantissa = (int) (range >> (log - 16));
        int index = (mantissa >> 12) - 8;
        int fraction = index + (mantissa > LOG_CORRECTION[index] ? 1 : 0);
        return (totalBits << 3) - ((log << 3) + fraction);
    }

    /** As if all bits were used. */
    public void exhaust() {
        totalBits += length * 8 - tell();
    }

    /** The current range as a random seed. */
    public int seed() {
        return (int) range;
    }

    private void normalize() {
        while (range <= BOTTOM) {
            totalBits += SYMBOL_BITS;
            range <<= SYMBOL_BITS;
            int symbol = remainder;
            remainder = nextByte();
            symbol = (symbol << SYMBOL_BITS | remainder) >> (SYMBOL_BITS - EXTRA_BITS);
            value = ((value << SYMBOL_BITS) + (SYMBOL_MAX & ~symbol)) & (TOP - 1);
        }
    }

    private int nextByte() {
        return front < length ? bytes[begin + front++] & 0xFF : 0;
    }

    private int previousByte() {
        return back < length ? bytes[begin + length - ++back] & 0xFF : 0;
    }
}
