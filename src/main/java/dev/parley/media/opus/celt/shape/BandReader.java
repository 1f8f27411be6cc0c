package dev.parley.media.opus.celt.shape;

import dev.parley.media.opus.celt.band.Layout;

/** The shape of one band, of one channel or of both (RFC 6716 §4.3.4; libopus celt/bands.c, quant_band). */
final class BandReader {
    private static final int FRACTION = Layout.FRACTION;
    private static final int ONE_BIT = Layout.ONE_BIT;
    private static final int NONE = ShapeState.NONE;
    private static final int[] INTERLEAVED = {0, 1, 1, 1, 2, 3, 3, 3, 2, 3, 3, 3, 2, 3, 3, 3};
    private static final int[] DEINTERLEAVED = {
        0x00, 0x03, 0x0C, 0x0F, 0x30, 0x33, 0x3C, 0x3F, 0xC0, 0xC3, 0xCC, 0xCF, 0xF0, 0xF3, 0xFC, 0xFF
    };

    private final ShapeState state;
    private final Angle angle;
    private final Partition partition;
    private final Blocks blocks;

    BandReader(ShapeState state) {
        this.state = state;
        angle = new Angle(state);
        partition = new Partition(state, angle);
        blocks = new Blocks(state.v);
    }

    /** Bands of a single sample have a sign and nothing else. */
    private int readSigns(int x, int y, int lowOut) {
        float[] v = state.v;
        v[x] = readSign();
        if (y != NONE) {
            v[y] = readSign();
        }
        if (lowOut != NONE) {
            v[lowOut] = v[x];
        }
        return 1;
    }

    private float readSign() {
        if (state.remaining < ONE_BIT) {
            return 1;
        }
        state.remaining -= ONE_BIT;
        return state.in.raw(1) != 0 ? -1 : 1;
    }

    /**
     * Reads one channel of a band.
     *
     * @param x where it goes
     * @param n its size
     * @param bits eighths
     * @param shorts how many blocks of time lie interleaved in it
     * @param low where the vector begins that it is folded of, or none
     * @param lowOut where it goes also, normalised, for others to fold; or none
     * @param scratch where {@code low} may be copied to before it is changed; or none when it may be changed itself
     * @param fill a bit for each block of {@code low} that has energy
     * @return a bit for each block that has energy
     */
    int read(int x, int n, int bits, int shorts, int low, int lowOut, float gain, int scratch, int fill) {
        if (n == 1) {
            return readSigns(x, NONE, lowOut);
        }
        float[] v = state.v;
        boolean longBlock = shorts == 1;
        int change = state.timeFrequency;
        int size = n / shorts;
        int source = low;
        int filled = fill;
        int count = shorts;
        int recombined = Math.max(change, 0);
        if (scratch != NONE && low != NONE && (recombined > 0 || ((size & 1) == 0 && change < 0) || shorts > 1)) {
            System.arraycopy(v, low, v, scratch, n);
            source = scratch;
        }
        for (int k = 0; k < recombined; k++) {
            blocks.haar(source, n >> k, 1 << k);
            filled = INTERLEAVED[filled & 15] | INTERLEAVED[filled >> 4] << 2;
        }
        count >>= recombined;
        size <<= recombined;
        int divided = 0;
        for (; (size & 1) == 0 && change < 0; change++) {
            blocks.haar(source, size, count);
            filled |= filled << count;
            count <<= 1;
            size >>= 1;
            divided++;
        }
        if (count > 1) {
            blocks.deinterleave(source, size >> recombined, count << recombined, longBlock);
        }
        int mask = partition.read(x, n, bits, count, source, state.log, gain, filled);
        if (count > 1) {
            blocks.interleave(x, size >> recombined, count << recombined, longBlock);
        }
        for (int k = 0; k < divided; k++) {
            count >>= 1;
            size <<= 1;
            mask |= mask >> count;
            blocks.haar(x, size, count);
        }
        for (int k = 0; k < recombined; k++) {
            mask = DEINTERLEAVED[mask];
            blocks.haar(x, n >> k, 1 << k);
        }
        count <<= recombined;
        if (lowOut != NONE) {
            float scale = (float) Math.sqrt(n);
            for (int i = 0; i < n; i++) {
                v[lowOut + i] = scale * v[x + i];
            }
        }
        return mask & (1 << count) - 1;
    }

    /** Reads both channels of a band, which are coded as middle and side; the parameters as of {@link #read}. */
    int readStereo(int x, int y, int n, int bits, int shorts, int low, int lowOut, int scratch, int fill) {
        if (n == 1) {
            return readSigns(x, y, lowOut);
        }
        angle.bits = bits;
        angle.fill = fill;
        angle.read(n, shorts, shorts, state.log, true);
        int left = angle.bits;
        int filled = angle.fill;
        int theta = angle.theta;
        int delta = angle.delta;
        int cost = angle.cost;
        float middle = 1f / 32_768 * angle.cosine;
        float side = 1f / 32_768 * angle.sine;
        if (n == 2) {
            int sideBits = theta != 0 && theta != Angle.RIGHT ? ONE_BIT : 0;
            state.remaining -= cost + sideBits;
            int first = theta > 8_192 ? y : x;
            int second = theta > 8_192 ? x : y;
            int sign = sideBits != 0 && state.in.raw(1) != 0 ? -1 : 1;
            int mask = read(first, 2, left - sideBits, shorts, low, lowOut, 1, scratch, fill);
            rotateTwo(x, y, first, second, sign, middle, side);
            return mask;
        }
        int middleBits = Math.max(0, Math.min(left, (left - delta) / 2));
        int sideBits = left - middleBits;
        state.remaining -= cost;
        int before = state.remaining;
        int mask;
        if (middleBits >= sideBits) {
            mask = read(x, n, middleBits, shorts, low, lowOut, 1, scratch, filled);
            int spare = middleBits - (before - state.remaining);
            if (spare > 3 << FRACTION && theta != 0) {
                sideBits += spare - (3 << FRACTION);
            }
            mask |= read(y, n, sideBits, shorts, NONE, NONE, side, NONE, filled >> shorts);
        } else {
            mask = read(y, n, sideBits, shorts, NONE, NONE, side, NONE, filled >> shorts);
            int spare = sideBits - (before - state.remaining);
            if (spare > 3 << FRACTION && theta != Angle.RIGHT) {
                middleBits += spare - (3 << FRACTION);
            }
            mask |= read(x, n, middleBits, shorts, low, lowOut, 1, scratch, filled);
        }
        blocks.toLeftAndRight(x, y, middle, n);
        return mask;
    }

    private void rotateTwo(int x, int y, int first, int second, int sign, float middle, float side) {
        float[] v = state.v;
        v[second] = -sign * v[first + 1];
        v[second + 1] = sign * v[first];
        for (int i = 0; i < 2; i++) {
            float m = middle * v[x + i];
            float s = side * v[y + i];
            v[x + i] = m - s;
            v[y + i] = m + s;
        }
    }
}
