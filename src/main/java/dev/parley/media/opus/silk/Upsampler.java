package dev.parley.media.opus.silk;

import dev.parley.media.opus.silk.filter.FixedPoint;
import dev.parley.media.opus.table.Tables;
import java.util.Arrays;

/**
 * SILK's samples at 8, 12 or 16 kHz to 48 kHz: doubled by two all-pass filters, then interpolated by 3, 2 or 3/2 (libopus
 * silk/resampler.c, resampler_private_IIR_FIR.c). Delayed so that every rate is as late as the others.
 */
final class Upsampler {
    private static final int TAPS = 8;
    private static final int PHASES = 12;
    private static final int[] EVEN = {1_746, 14_986, 39_083 - 65_536};
    private static final int[] ODD = {6_854, 25_769, 55_542 - 65_536};
    private static final int[][] FILTERS = filters();

    private final int[] even = new int[3];
    private final int[] odd = new int[3];
    private final short[] late = new short[TAPS];
    private final int[] doubled = new int[TAPS + 2 * Synthesis.MAX_FRAME];
    private int rate;
    private int delay;

    /** Half of each symmetric filter is in the table; the other half belongs to the phase on the other side. */
    private static int[][] filters() {
        short[] halves = Tables.SILK.row("upsampler");
        int[][] filters = new int[PHASES][TAPS];
        for (int phase = 0; phase < PHASES; phase++) {
            for (int i = 0; i < TAPS / 2; i++) {
                filters[phase][i] = halves[phase * TAPS / 2 + i];
                filters[phase][TAPS - 1 - i] = halves[(PHASES - 1 - phase) * TAPS / 2 + i];
            }
        }
        return filters;
    }

    /** Nothing heard yet, at no rate. */
    void reset() {
        rate = 0;
    }

    /** Takes over the rate of what follows; another one begins anew. */
    void configure(int khz) {
        if (rate != khz) {
            rate = khz;
            delay = khz == 16 ? 7 : khz == 12 ? 4 : 0;
            Arrays.fill(even, 0);
            Arrays.fill(odd, 0);
            Arrays.fill(late, (short) 0);
            Arrays.fill(doubled, 0);
        }
    }

    /** Writes 48/rate times as many samples. */
    int run(short[] in, int at, int count, short[] out, int outAt) {
        for (int i = 0; i < delay; i++) {
            twice(late[i], TAPS + 2 * i);
        }
        for (int i = delay; i < count; i++) {
            twice(in[at + i - delay], TAPS + 2 * i);
        }
        System.arraycopy(in, at + count - delay, late, 0, delay);
        int written = 2 * count;
        if (rate == 12) {
            interpolate(0, 1, 0, out, outAt, 2, written);
            interpolate(0, 1, 6, out, outAt + 1, 2, written);
            written *= 2;
        } else if (rate == 8) {
            interpolate(0, 1, 0, out, outAt, 3, written);
            interpolate(0, 1, 4, out, outAt + 1, 3, written);
            interpolate(0, 1, 8, out, outAt + 2, 3, written);
            written *= 3;
        } else {
            interpolate(0, 2, 0, out, outAt, 3, count);
            interpolate(0, 2, 8, out, outAt + 1, 3, count);
            interpolate(1, 2, 4, out, outAt + 2, 3, count);
            written = 3 * count;
        }
        System.arraycopy(doubled, 2 * count, doubled, 0, TAPS);
        return written;
    }

    private void twice(short sample, int at) {
        int in = sample << 10;
        doubled[at] = allPass(even, EVEN, in);
        doubled[at + 1] = allPass(odd, ODD, in);
    }

    private static int allPass(int[] state, int[] factors, int in) {
        int x = FixedPoint.mulWB(in - state[0], factors[0]);
        int first = state[0] + x;
        state[0] = in + x;
        x = FixedPoint.mulWB(first - state[1], factors[1]);
        int second = state[1] + x;
        state[1] = first + x;
        int y = second - state[2];
        x = y + FixedPoint.mulWB(y, factors[2]);
        int third = state[2] + x;
        state[2] = second + x;
        return FixedPoint.saturate16(FixedPoint.shiftRound(third, 10));
    }

    private void interpolate(int from, int step, int phase, short[] out, int at, int stride, int count) {
        int[] x = doubled;
        int[] h = FILTERS[phase];
        int h0 = h[0];
        int h1 = h[1];
        int h2 = h[2];
        int h3 = h[3];
        int h4 = h[4];
        int h5 = h[5];
        int h6 = h[6];
        int h7 = h[7];
        for (int i = 0; i < count; i++) {
            int n = from + step * i;
            int sum = x[n] * h0 + x[n + 1] * h1 + x[n + 2] * h2 + x[n + 3] * h3;
            sum += x[n + 4] * h4 + x[n + 5] * h5 + x[n + 6] * h6 + x[n + 7] * h7;
            out[at + stride * i] = (short) FixedPoint.saturate16(FixedPoint.shiftRound(sum, 15));
        }
    }
}
