package dev.parley.simulator.hearing;

import java.util.Arrays;
import java.util.OptionalInt;

/**
 * The pitch of a voice: normalised autocorrelation of 40 ms at 8 kHz, ten times per second of voice, then the median
 * of up to 64 estimates. A multiple of the period correlates as well as the period, so the shortest lag near the best
 * one counts.
 */
final class PitchMeter {
    private static final int DECIMATED_RATE = 8000;
    private static final int WINDOW = DECIMATED_RATE * 40 / 1000;
    private static final int SHORTEST_LAG = DECIMATED_RATE / 400;
    private static final int LONGEST_LAG = DECIMATED_RATE / 65;
    private static final double VOICED = 0.6;
    private static final double AS_GOOD = 0.9;
    private static final int MAX_ESTIMATES = 64;
    private static final int FRAMES_BETWEEN = 5;

    private final float[] window = new float[WINDOW];
    private final int[] estimates = new int[MAX_ESTIMATES];
    private int count;
    private int frames;

    /** Takes the next 20 ms of voice at 16 kHz. */
    void voice(short[] frame) {
        int half = frame.length / 2;
        System.arraycopy(window, half, window, 0, WINDOW - half);
        for (int i = 0; i < half; i++) {
            window[WINDOW - half + i] = (frame[2 * i] + frame[2 * i + 1]) / 2f;
        }
        frames++;
        if (frames >= 2 && frames % FRAMES_BETWEEN == 0 && count < MAX_ESTIMATES) {
            OptionalInt hertz = estimate();
            if (hertz.isPresent()) {
                estimates[count++] = hertz.getAsInt();
            }
        }
    }

    /** Hz, when enough of the voice was voiced. */
    OptionalInt hertz() {
        if (count < 3) {
            return OptionalInt.empty();
        }
        int[] sorted = Arrays.copyOf(estimates, count);
        Arrays.sort(sorted);
        return OptionalInt.of(sorted[count / 2]);
    }

    private OptionalInt estimate() {
        double[] likeness = new double[LONGEST_LAG + 1];
        double best = 0;
        for (int lag = SHORTEST_LAG; lag <= LONGEST_LAG; lag++) {
            double product = 0;
            double first = 1;
            double second = 1;
            for (int i = lag; i < WINDOW; i++) {
                product += window[i] * window[i - lag];
                first += window[i] * window[i];
                second += window[i - lag] * window[i - lag];
            }
            likeness[lag] = product / Math.sqrt(first * second);
            best = Math.max(best, likeness[lag]);
        }
        if (best < VOICED) {
            return OptionalInt.empty();
        }
        for (int lag = SHORTEST_LAG; lag <= LONGEST_LAG; lag++) {
            boolean peak = (lag == SHORTEST_LAG || likeness[lag] >= likeness[lag - 1])
                    && (lag == LONGEST_LAG || likeness[lag] >= likeness[lag + 1]);
            if (peak && lag > SHORTEST_LAG && likeness[lag] >= AS_GOOD * best) {
                return OptionalInt.of(DECIMATED_RATE / lag);
            }
        }
        return OptionalInt.empty();
    }
}
