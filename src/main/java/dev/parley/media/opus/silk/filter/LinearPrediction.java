package dev.parley.media.opus.silk.filter;

import dev.parley.media.opus.table.Tables;
import java.util.Arrays;

/**
 * Prediction coefficients of SILK: made of line spectral frequencies, and kept stable (libopus silk/NLSF2A.c, LPC_fit.c,
 * LPC_inv_pred_gain.c, bwexpander.c). Has working memory: one stream, one thread at a time.
 */
public final class LinearPrediction {
    /** The most coefficients there are; filters use as many always, with zeros behind the fewer of narrow bands. */
    public static final int MAX_ORDER = 16;

    private static final int Q = 16;
    private static final int GAIN_Q = 24;
    private static final int STABILIZING_STEPS = 16;
    private static final int LIMIT = (int) (0.99975 * (1 << GAIN_Q) + 0.5);
    private static final int LEAST_INVERSE_GAIN = (int) (1.0f / 1e4f * (1 << 30) + 0.5);
    private static final int[] ORDER_16 = {0, 15, 8, 7, 4, 11, 12, 3, 2, 13, 10, 5, 6, 9, 14, 1};
    private static final int[] ORDER_10 = {0, 9, 6, 3, 4, 5, 8, 1, 2, 7};
    private static final short[] COSINES = Tables.SILK.row("cosines");

    private final int[] cosines = new int[MAX_ORDER];
    private final int[] even = new int[MAX_ORDER / 2 + 1];
    private final int[] odd = new int[MAX_ORDER / 2 + 1];
    private final int[] exact = new int[MAX_ORDER];
    private final int[] reflected = new int[MAX_ORDER];

    /**
     * Coefficients of line spectral frequencies.
     *
     * @param coefficients Q12, {@value #MAX_ORDER} of them; those beyond the order become 0
     * @param frequencies Q15, rising
     * @param order 10 or 16
     */
    public void coefficients(short[] coefficients, short[] frequencies, int order) {
        int[] ordering = order == MAX_ORDER ? ORDER_16 : ORDER_10;
        for (int k = 0; k < order; k++) {
            int whole = frequencies[k] >> 8;
            int fraction = frequencies[k] - (whole << 8);
            int delta = COSINES[whole + 1] - COSINES[whole];
            cosines[ordering[k]] = FixedPoint.shiftRound((COSINES[whole] << 8) + delta * fraction, 20 - Q);
        }
        int half = order >> 1;
        polynomial(even, 0, half);
        polynomial(odd, 1, half);
        for (int k = 0; k < half; k++) {
            int p = even[k + 1] + even[k];
            int q = odd[k + 1] - odd[k];
            exact[k] = -q - p;
            exact[order - k - 1] = q - p;
        }
        fit(coefficients, order);
        for (int i = 0; i < STABILIZING_STEPS && inverseGain(coefficients, order) == 0; i++) {
            expandExact(order, 65_536 - (2 << i));
            for (int k = 0; k < order; k++) {
                coefficients[k] = (short) FixedPoint.shiftRound(exact[k], Q + 1 - 12);
            }
        }
        Arrays.fill(coefficients, order, MAX_ORDER, (short) 0);
    }

    private void polynomial(int[] out, int first, int half) {
        out[0] = 1 << Q;
        out[1] = -cosines[first];
        for (int k = 1; k < half; k++) {
            int factor = cosines[2 * k + first];
            out[k + 1] = (out[k - 1] << 1) - (int) FixedPoint.shiftRound((long) factor * out[k], Q);
            for (int n = k; n > 1; n--) {
                out[n] += out[n - 2] - (int) FixedPoint.shiftRound((long) factor * out[n - 1], Q);
            }
            out[1] -= factor;
        }
    }

    /** Q17 to 16 bits of Q12, by narrowing resonances until they fit. */
    private void fit(short[] coefficients, int order) {
        int shift = Q + 1 - 12;
        int round = 0;
        for (; round < 10; round++) {
            int largest = 0;
            int index = 0;
            for (int k = 0; k < order; k++) {
                int magnitude = Math.abs(exact[k]);
                if (magnitude > largest) {
                    largest = magnitude;
                    index = k;
                }
            }
            largest = FixedPoint.shiftRound(largest, shift);
            if (largest <= Short.MAX_VALUE) {
                break;
            }
            largest = Math.min(largest, 163_838);
            int chirp = 65_470 - ((largest - Short.MAX_VALUE) << 14) / ((largest * (index + 1)) >> 2);
            expandExact(order, chirp);
        }
        for (int k = 0; k < order; k++) {
            int rounded = FixedPoint.shiftRound(exact[k], shift);
            if (round == 10) {
                rounded = FixedPoint.saturate16(rounded);
                exact[k] = rounded << shift;
            }
            coefficients[k] = (short) rounded;
        }
    }

    private void expandExact(int order, int chirp) {
        int factor = chirp;
        for (int i = 0; i < order; i++) {
            exact[i] = FixedPoint.mulWW(factor, exact[i]);
            factor += FixedPoint.shiftRound(factor * (chirp - 65_536), 16);
        }
    }

    /** Moves the poles inwards: coefficient k times (chirp/65536)^(k+1). */
    public static void expandBandwidth(short[] coefficients, int order, int chirp) {
        int factor = chirp;
        for (int i = 0; i < order; i++) {
            coefficients[i] = (short) FixedPoint.shiftRound(factor * coefficients[i], 16);
            factor += FixedPoint.shiftRound(factor * (chirp - 65_536), 16);
        }
    }

    /** The inverse of the prediction's power gain, Q30; 0 when the filter is unstable or nearly so. */
    public int inverseGain(short[] coefficients, int order) {
        int sum = 0;
        for (int k = 0; k < order; k++) {
            sum += coefficients[k];
            reflected[k] = coefficients[k] << (GAIN_Q - 12);
        }
        if (sum >= 4096) {
            return 0;
        }
        int gain = 1 << 30;
        for (int k = order - 1; k >= 0; k--) {
            if (reflected[k] > LIMIT || reflected[k] < -LIMIT) {
                return 0;
            }
            int reflection = -(reflected[k] << (31 - GAIN_Q));
            int rest = (1 << 30) - FixedPoint.mulHigh(reflection, reflection);
            gain = FixedPoint.mulHigh(gain, rest) << 2;
            if (gain < LEAST_INVERSE_GAIN || (k > 0 && !step(k, reflection, rest))) {
                return 0;
            }
        }
        return gain;
    }

    /** One order less; false when that overflows. */
    private boolean step(int k, int reflection, int rest) {
        int shift = 32 - Integer.numberOfLeadingZeros(Math.abs(rest));
        int inverse = FixedPoint.inverse(rest, shift + 30);
        for (int n = 0; n < (k + 1) >> 1; n++) {
            int a = reflected[n];
            int b = reflected[k - n - 1];
            long nextA = less(a, b, reflection, inverse, shift);
            long nextB = less(b, a, reflection, inverse, shift);
            if (nextA != (int) nextA || nextB != (int) nextB) {
                return false;
            }
            reflected[n] = (int) nextA;
            reflected[k - n - 1] = (int) nextB;
        }
        return true;
    }

    private static long less(int a, int b, int reflection, int inverse, int shift) {
        int product = (int) FixedPoint.shiftRound((long) b * reflection, 31);
        int difference = FixedPoint.saturate((long) a - product);
        return FixedPoint.shiftRound((long) difference * inverse, shift);
    }

    /**
     * What the prediction leaves over: {@code out} from {@code at}, of {@code in} from {@code from}. The first
     * {@code order} samples become 0.
     */
    public static void residual(short[] out, int at, short[] in, int from, short[] coefficients, int count, int order) {
        Arrays.fill(out, at, at + order, (short) 0);
        for (int i = order; i < count; i++) {
            int sum = 0;
            int newest = from + i - 1;
            for (int j = 0; j < order; j++) {
                sum += in[newest - j] * coefficients[j];
            }
            sum = (in[newest + 1] << 12) - sum;
            out[at + i] = (short) FixedPoint.saturate16(FixedPoint.shiftRound(sum, 12));
        }
    }
}
