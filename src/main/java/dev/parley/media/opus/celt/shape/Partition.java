package dev.parley.media.opus.celt.shape;

import dev.parley.media.opus.celt.band.Layout;
import java.util.Arrays;

/** One channel's shape of a band, halved again and again until its pulses can be numbered (libopus celt/bands.c). */
final class Partition {
    private static final int FRACTION = Layout.FRACTION;
    private static final int NONE = ShapeState.NONE;
    private static final float FOLDING_NOISE = 1f / 256;

    private final ShapeState state;
    private final Angle angle;
    private final Pulses pulses;

    Partition(ShapeState state, Angle angle) {
        this.state = state;
        this.angle = angle;
        pulses = new Pulses(state);
    }

    /**
     * Reads a vector.
     *
     * @param x where it goes
     * @param n its size
     * @param bits eighths
     * @param low where the vector begins that it is folded of when there are no bits, or none
     * @param fill the blocks of {@code low} that have energy
     * @return a bit for each block that has energy
     */
    int read(int x, int n, int bits, int blocks, int low, int log, float gain, int fill) {
        if (log != -1 && n > 2 && bits > Layout.mostBits(state.band, log) + 12) {
            return readHalves(x, n >> 1, bits, blocks, low, log - 1, gain, fill);
        }
        int number = Layout.numberFor(state.band, log, bits);
        int cost = Layout.bitsOf(state.band, log, number);
        state.remaining -= cost;
        while (state.remaining < 0 && number > 0) {
            state.remaining += cost;
            number--;
            cost = Layout.bitsOf(state.band, log, number);
            state.remaining -= cost;
        }
        if (number != 0) {
            return pulses.read(x, n, Layout.pulses(number), blocks, gain);
        }
        return fill(x, n, blocks, low, gain, fill);
    }

    private int readHalves(int x, int n, int bits, int blocksBefore, int low, int log, float gain, int fill) {
        int y = x + n;
        int blocks = (blocksBefore + 1) >> 1;
        angle.bits = bits;
        angle.fill = blocksBefore == 1 ? (fill & 1) | fill << 1 : fill;
        angle.read(n, blocks, blocksBefore, log, false);
        int theta = angle.theta;
        int delta = angle.delta;
        if (blocksBefore > 1 && (theta & 0x3FFF) != 0) {
            delta = theta > 8_192 ? delta - (delta >> (4 - log)) : Math.min(0, delta + (n << FRACTION >> (5 - log)));
        }
        int left = angle.bits;
        int filled = angle.fill;
        float first = gain * (1f / 32_768) * angle.cosine;
        float second = gain * (1f / 32_768) * angle.sine;
        int firstBits = Math.max(0, Math.min(left, (left - delta) / 2));
        int secondBits = left - firstBits;
        state.remaining -= angle.cost;
        int lowY = low == NONE ? NONE : low + n;
        int before = state.remaining;
        int mask;
        if (firstBits >= secondBits) {
            mask = read(x, n, firstBits, blocks, low, log, first, filled);
            int spare = firstBits - (before - state.remaining);
            if (spare > 3 << FRACTION && theta != 0) {
                secondBits += spare - (3 << FRACTION);
            }
            mask |= read(y, n, secondBits, blocks, lowY, log, second, filled >> blocks) << (blocksBefore >> 1);
        } else {
            mask = read(y, n, secondBits, blocks, lowY, log, second, filled >> blocks) << (blocksBefore >> 1);
            int spare = secondBits - (before - state.remaining);
            if (spare > 3 << FRACTION && theta != Angle.RIGHT) {
                firstBits += spare - (3 << FRACTION);
            }
            mask |= read(x, n, firstBits, blocks, low, log, first, filled);
        }
        return mask;
    }

    /** Without bits: noise, or a lower band with a little noise. */
    private int fill(int x, int n, int blocks, int low, float gain, int fill) {
        int all = (1 << blocks) - 1;
        int mask = fill & all;
        float[] v = state.v;
        if (mask == 0) {
            Arrays.fill(v, x, x + n, 0);
            return 0;
        }
        if (low == NONE) {
            for (int i = x; i < x + n; i++) {
                v[i] = state.random() >> 20;
            }
            mask = all;
        } else {
            for (int i = 0; i < n; i++) {
                float noise = (state.random() & 0x8000) != 0 ? FOLDING_NOISE : -FOLDING_NOISE;
                v[x + i] = v[low + i] + noise;
            }
        }
        state.normalize(x, n, gain);
        return mask;
    }
}
