package dev.parley.media.opus.celt.loss;

import dev.parley.media.opus.celt.synthesis.Spectrum;

/** The period that a sound repeats itself with (libopus celt/pitch.c). Has working memory: one stream, one thread at a time. */
final class PitchSearch {
    static final int MAX_PERIOD = 720;
    static final int MIN_PERIOD = 100;

    private static final int HISTORY = Spectrum.HISTORY;
    private static final int HALF = HISTORY / 2;
    private static final int LENGTH = HISTORY - MAX_PERIOD;
    private static final int LAGS = MAX_PERIOD - MIN_PERIOD;
    private static final int ORDER = 4;

    private final float[] half = new float[HALF];
    private final float[] quarter = new float[HALF / 2];
    private final float[] correlations = new float[LAGS / 2];
    private final float[] correlation = new float[ORDER + 1];
    private final float[] coefficients = new float[ORDER];
    private final int[] best = new int[2];

    /** In the last 2048 samples, which are the first of {@code sound}; {@value #MIN_PERIOD} … {@value #MAX_PERIOD}. */
    int find(float[] sound) {
        halve(sound);
        for (int j = 0; j < HALF / 2; j++) {
            quarter[j] = half[2 * j];
        }
        for (int i = 0; i < LAGS / 4; i++) {
            correlations[i] = product(quarter, MAX_PERIOD / 4, i, LENGTH / 4);
        }
        findBest(quarter, LENGTH / 4, LAGS / 4);
        int first = 2 * best[0];
        int second = 2 * best[1];
        for (int i = 0; i < LAGS / 2; i++) {
            boolean near = Math.abs(i - first) <= 2 || Math.abs(i - second) <= 2;
            correlations[i] = near ? Math.max(-1, product(half, MAX_PERIOD / 2, i, LENGTH / 2)) : 0;
        }
        findBest(half, LENGTH / 2, LAGS / 2);
        return MAX_PERIOD - (2 * best[0] - refine(best[0]));
    }

    private int refine(int at) {
        if (at <= 0 || at >= LAGS / 2 - 1) {
            return 0;
        }
        float a = correlations[at - 1];
        float b = correlations[at];
        float c = correlations[at + 1];
        if (c - a > 0.7f * (b - a)) {
            return 1;
        }
        return a - c > 0.7f * (b - c) ? -1 : 0;
    }

    private static float product(float[] x, int at, int other, int count) {
        float sum = 0;
        for (int j = 0; j < count; j++) {
            sum += x[at + j] * x[other + j];
        }
        return sum;
    }

    /** At half the rate, and with an even spectrum. */
    private void halve(float[] sound) {
        half[0] = 0.5f * (0.5f * sound[1] + sound[0]);
        for (int i = 1; i < HALF; i++) {
            half[i] = 0.5f * (0.5f * (sound[2 * i - 1] + sound[2 * i + 1]) + sound[2 * i]);
        }
        Autoregression.correlate(half, 0, HALF, correlation, ORDER);
        correlation[0] *= 1.0001f;
        for (int i = 1; i <= ORDER; i++) {
            correlation[i] -= correlation[i] * (0.008f * i) * (0.008f * i);
        }
        Autoregression.solve(coefficients, correlation, ORDER);
        float fade = 1;
        for (int i = 0; i < ORDER; i++) {
            fade *= 0.9f;
            coefficients[i] *= fade;
        }
        whiten();
    }

    private void whiten() {
        float a0 = coefficients[0] + 0.8f;
        float a1 = coefficients[1] + 0.8f * coefficients[0];
        float a2 = coefficients[2] + 0.8f * coefficients[1];
        float a3 = coefficients[3] + 0.8f * coefficients[2];
        float a4 = 0.8f * coefficients[3];
        float x0 = 0;
        float x1 = 0;
        float x2 = 0;
        float x3 = 0;
        float x4 = 0;
        for (int i = 0; i < HALF; i++) {
            float x = half[i];
            half[i] = x + a0 * x0 + a1 * x1 + a2 * x2 + a3 * x3 + a4 * x4;
            x4 = x3;
            x3 = x2;
            x2 = x1;
            x1 = x0;
            x0 = x;
        }
    }

    /** The two lags of the largest correlation for their energy. */
    private void findBest(float[] y, int length, int lags) {
        float energy = 1;
        float firstNumber = -1;
        float secondNumber = -1;
        float firstEnergy = 0;
        float secondEnergy = 0;
        best[0] = 0;
        best[1] = 1;
        for (int j = 0; j < length; j++) {
            energy += y[j] * y[j];
        }
        for (int i = 0; i < lags; i++) {
            if (correlations[i] > 0) {
                float scaled = correlations[i] * 1e-12f;
                float number = scaled * scaled;
                if (number * secondEnergy > secondNumber * energy) {
                    if (number * firstEnergy > firstNumber * energy) {
                        secondNumber = firstNumber;
                        secondEnergy = firstEnergy;
                        best[1] = best[0];
                        firstNumber = number;
                        firstEnergy = energy;
                        best[0] = i;
                    } else {
                        secondNumber = number;
                        secondEnergy = energy;
                        best[1] = i;
                    }
                }
            }
            energy += y[i + length] * y[i + length] - y[i] * y[i];
            energy = Math.max(1, energy);
        }
    }
}
