package dev.parley.media.opus.celt.loss;

import java.util.Arrays;

/** Linear prediction of 4 or 24 coefficients (libopus celt/celt_lpc.c). */
final class Autoregression {
    private Autoregression() {}

    /** The first {@code lags} + 1 values of the correlation of {@code count} samples with themselves. */
    static void correlate(float[] x, int at, int count, float[] result, int lags) {
        for (int k = 0; k <= lags; k++) {
            float sum = 0;
            for (int i = at + k; i < at + count; i++) {
                sum += x[i] * x[i - k];
            }
            result[k] = sum;
        }
    }

    /** Coefficients of a correlation. */
    static void solve(float[] coefficients, float[] correlation, int order) {
        Arrays.fill(coefficients, 0, order, 0);
        if (correlation[0] == 0) {
            return;
        }
        float error = correlation[0];
        for (int i = 0; i < order; i++) {
            float sum = 0;
            for (int j = 0; j < i; j++) {
                sum += coefficients[j] * correlation[i - j];
            }
            sum += correlation[i + 1];
            float reflection = -sum / error;
            coefficients[i] = reflection;
            for (int j = 0; j < (i + 1) >> 1; j++) {
                float a = coefficients[j];
                float b = coefficients[i - 1 - j];
                coefficients[j] = a + reflection * b;
                coefficients[i - 1 - j] = b + reflection * a;
            }
            error -= reflection * reflection * error;
            if (error < 0.001f * correlation[0]) {
                return;
            }
        }
    }
}
