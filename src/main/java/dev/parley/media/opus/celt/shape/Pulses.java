package dev.parley.media.opus.celt.shape;

import dev.parley.media.opus.range.RangeDecoder;

/** Vectors made of a number of unit pulses (RFC 6716 §4.3.4.2; libopus celt/cwrs.c, vq.c). */
final class Pulses {
    static final int NO_SPREAD = 0;
    static final int AGGRESSIVE_SPREAD = 3;

    /** Samples of the widest band. */
    private static final int MAX_WIDTH = 176;

    private static final int ROWS = 15;
    private static final int[] SPREAD_FACTORS = {15, 10, 5};
    /** How many vectors of n with k pulses begin without any; [n][k] is [k][n]. */
    private static final long[][] COUNTS = counts();

    private final ShapeState state;
    private final int[] y = new int[MAX_WIDTH];

    Pulses(ShapeState state) {
        this.state = state;
    }

    private static long[][] counts() {
        long[][] u = new long[ROWS][MAX_WIDTH + 2];
        u[0][0] = 1;
        for (int n = 1; n < ROWS; n++) {
            for (int k = 1; k < u[n].length; k++) {
                // What does not fit into 32 bits is never asked for.
                u[n][k] = u[n - 1][k] + u[n][k - 1] + u[n - 1][k - 1] & 0xFFFFFFFFL;
            }
        }
        return u;
    }

    private static long count(int n, int k) {
        return COUNTS[Math.min(n, k)][Math.max(n, k)];
    }

    /**
     * Reads a vector of {@code n} with {@code k} pulses, in {@code blocks} interleaved parts, and gives it a length.
     *
     * @return a bit for each block that has pulses
     */
    int read(int x, int n, int k, int blocks, float gain) {
        RangeDecoder in = state.in;
        long index = in.uniform(count(n, k) + count(n, k + 1));
        int energy = unrank(n, k, index);
        float factor = gain / (float) Math.sqrt(energy);
        float[] v = state.v;
        for (int i = 0; i < n; i++) {
            v[x + i] = factor * y[i];
        }
        if (2 * k < n && state.spread != NO_SPREAD) {
            rotate(x, n, blocks, k);
        }
        return mask(n, blocks);
    }

    private int mask(int n, int blocks) {
        if (blocks <= 1) {
            return 1;
        }
        int size = n / blocks;
        int mask = 0;
        for (int i = 0; i < blocks; i++) {
            int any = 0;
            for (int j = i * size; j < (i + 1) * size; j++) {
                any |= y[j];
            }
            mask |= any != 0 ? 1 << i : 0;
        }
        return mask;
    }

    /** The vector with this number, to {@link #y}; answers the sum of its squares. */
    private int unrank(int size, int pulses, long number) {
        int n = size;
        int k = pulses;
        long rest = number;
        int energy = 0;
        int at = 0;
        for (; n > 2; n--) {
            int before = k;
            boolean negative;
            if (k >= n) {
                long[] row = COUNTS[n];
                negative = rest >= row[k + 1];
                rest -= negative ? row[k + 1] : 0;
                if (row[n] > rest) {
                    k = n - 1;
                    while (COUNTS[k][n] > rest) {
                        k--;
                    }
                    rest -= COUNTS[k][n];
                } else {
                    while (row[k] > rest) {
                        k--;
                    }
                    rest -= row[k];
                }
            } else {
                long p = COUNTS[k][n];
                long q = COUNTS[k + 1][n];
                if (p <= rest && rest < q) {
                    rest -= p;
                    y[at++] = 0;
                    continue;
                }
                negative = rest >= q;
                rest -= negative ? q : 0;
                k--;
                while (COUNTS[k][n] > rest) {
                    k--;
                }
                rest -= COUNTS[k][n];
            }
            energy += put(at++, before - k, negative);
        }
        return energy + unrankTwo(at, k, (int) rest);
    }

    private int unrankTwo(int at, int pulses, int number) {
        int p = 2 * pulses + 1;
        boolean negative = number >= p;
        int rest = negative ? number - p : number;
        int k = (rest + 1) >> 1;
        if (k != 0) {
            rest -= 2 * k - 1;
        }
        return put(at, pulses - k, negative) + put(at + 1, k, rest != 0);
    }

    private int put(int at, int value, boolean negative) {
        y[at] = negative ? -value : value;
        return value * value;
    }

    /** Spreads few pulses over the samples between. */
    private void rotate(int x, int n, int stride, int k) {
        float ratio = (float) n / (n + SPREAD_FACTORS[state.spread - 1] * k);
        double angle = Math.PI / 4 * ratio * ratio;
        double square = angle * angle;
        float s = (float) (angle * (1 - square / 6 * (1 - square / 20 * (1 - square / 42 * (1 - square / 72)))));
        float c = (float)
                (1 - square / 2 * (1 - square / 12 * (1 - square / 30 * (1 - square / 56 * (1 - square / 90)))));
        int second = 0;
        if (n >= 8 * stride) {
            second = 1;
            while ((second * second + second) * stride + (stride >> 2) < n) {
                second++;
            }
        }
        int length = n / stride;
        for (int i = 0; i < stride; i++) {
            if (second != 0) {
                rotate(state.v, x + i * length, length, second, s, c);
            }
            rotate(state.v, x + i * length, length, 1, c, s);
        }
    }

    private static void rotate(float[] v, int x, int length, int stride, float c, float s) {
        for (int i = x; i < x + length - stride; i++) {
            float a = v[i];
            float b = v[i + stride];
            v[i + stride] = c * b + s * a;
            v[i] = c * a - s * b;
        }
        for (int i = x + length - 2 * stride - 1; i >= x; i--) {
            float a = v[i];
            float b = v[i + stride];
            v[i + stride] = c * b + s * a;
            v[i] = c * a - s * b;
        }
    }
}
