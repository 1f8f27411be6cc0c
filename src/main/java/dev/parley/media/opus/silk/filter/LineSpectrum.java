package dev.parley.media.opus.silk.filter;

import java.util.Arrays;

/** Line spectral frequencies of their indices (libopus silk/NLSF_decode.c, NLSF_stabilize.c). */
public final class LineSpectrum {
    private static final int ROUNDS = 20;
    private static final int ONE = 1 << 15;
    /** What is taken off the amplitude of a residual, a tenth in Q10. */
    private static final int LEVEL_ADJUSTMENT = 102;

    private LineSpectrum() {}

    /**
     * Frequencies, rising and apart from each other.
     *
     * @param frequencies Q15, the codebook's order of them
     * @param indices of the first stage, then one offset for each frequency
     */
    public static void decode(short[] frequencies, int[] indices, Codebook book) {
        int vector = indices[0];
        int residual = 0;
        for (int i = book.order - 1; i >= 0; i--) {
            int predicted = FixedPoint.mulBB(residual, book.predictor(vector, i)) >> 8;
            residual = indices[i + 1] << 10;
            residual -= Integer.signum(residual) * LEVEL_ADJUSTMENT;
            residual = (short) (predicted + FixedPoint.mulWB(residual, book.step));
            int at = vector * book.order + i;
            int frequency = (residual << 14) / book.weights[at] + (book.vectors[at] << 7);
            frequencies[i] = (short) Math.max(0, Math.min(Short.MAX_VALUE, frequency));
        }
        stabilize(frequencies, book.distances, book.order);
    }

    private static void stabilize(short[] f, short[] distances, int order) {
        for (int round = 0; round < ROUNDS; round++) {
            int worst = 0;
            int least = f[0] - distances[0];
            for (int i = 1; i <= order; i++) {
                int upper = i == order ? ONE : f[i];
                int gap = upper - (f[i - 1] + distances[i]);
                if (gap < least) {
                    least = gap;
                    worst = i;
                }
            }
            if (least >= 0) {
                return;
            }
            moveApart(f, distances, order, worst);
        }
        sort(f, distances, order);
    }

    private static void moveApart(short[] f, short[] distances, int order, int at) {
        if (at == 0) {
            f[0] = distances[0];
        } else if (at == order) {
            f[order - 1] = (short) (ONE - distances[order]);
        } else {
            int half = distances[at] >> 1;
            int lowest = half;
            for (int k = 0; k < at; k++) {
                lowest += distances[k];
            }
            int highest = ONE - half;
            for (int k = order; k > at; k--) {
                highest -= distances[k];
            }
            int center = FixedPoint.shiftRound(f[at - 1] + f[at], 1);
            center = lowest > highest
                    ? Math.max(highest, Math.min(lowest, center))
                    : Math.max(lowest, Math.min(highest, center));
            f[at - 1] = (short) (center - half);
            f[at] = (short) (f[at - 1] + distances[at]);
        }
    }

    private static void sort(short[] f, short[] distances, int order) {
        Arrays.sort(f, 0, order);
        f[0] = (short) Math.max(f[0], distances[0]);
        for (int i = 1; i < order; i++) {
            f[i] = (short) Math.max(f[i], FixedPoint.saturate16(f[i - 1] + distances[i]));
        }
        f[order - 1] = (short) Math.min(f[order - 1], ONE - distances[order]);
        for (int i = order - 2; i >= 0; i--) {
            f[i] = (short) Math.min(f[i], f[i + 1] - distances[i + 1]);
        }
    }
}
