package dev.parley.simulator.sound;

import java.util.Arrays;

/**
 * Converts mono speech between any two sampling rates: a linear-phase windowed sinc (Kaiser, β 8, 16 zero crossings
 * to each side, pass band to 94 % of the lower Nyquist frequency), evaluated at exact rational positions. Output
 * sample n lies at input position n·from/to: no delay remains. Push style, one thread at a time; holds a few
 * milliseconds of history.
 */
public final class RateConverter {
    private static final int ZERO_CROSSINGS = 16;
    private static final double PASS_BAND = 0.94;
    private static final double KAISER_BETA = 8;

    /** Odd ratios use the nearest of so many positions between two samples: an error of −44 dB at the band's end. */
    private static final int MAX_PHASES = 160;

    private static final short[] NOTHING = new short[0];

    private final int from;
    private final int to;
    /** Kernel length to each side, in input samples. */
    private final int reach;
    /** Positions between two input samples at which outputs lie. */
    private final int denominator;
    /** Input samples per output sample, in units of 1/denominator. */
    private final int step;

    private final float[][] phases;

    /** Input samples around the next output; the first lies at {@link #historyStart}. */
    private short[] history;

    private int held;
    private long historyStart;
    /** Of the next output, in units of 1/denominator input samples. */
    private long position;

    private long consumed;
    private long produced;

    /** A converter at its beginning. */
    public RateConverter(int from, int to) {
        this.from = from;
        this.to = to;
        int divisor = gcd(from, to);
        this.denominator = to / divisor;
        this.step = from / divisor;
        double scale = Math.min(1, (double) to / from);
        this.reach = (int) Math.ceil(ZERO_CROSSINGS / scale);
        this.phases = kernels(Math.min(denominator, MAX_PHASES), scale);
        this.history = new short[2 * reach];
        this.held = reach - 1; // silence before the beginning
        this.historyStart = -(reach - 1L);
    }

    /** Takes the next input and answers the output that it completes. */
    public short[] convert(short[] input, int offset, int length) {
        if (from == to) {
            return Arrays.copyOfRange(input, offset, offset + length);
        }
        consumed += length;
        return push(input, offset, length, Long.MAX_VALUE);
    }

    /** The rest of the output; the converter is then at its end. */
    public short[] finish() {
        if (from == to) {
            return NOTHING;
        }
        long total = Math.round((double) consumed * to / from);
        short[] silence = new short[reach + 1];
        return push(silence, 0, silence.length, total);
    }

    private short[] push(short[] input, int offset, int length, long total) {
        if (history.length < held + length) {
            history = Arrays.copyOf(history, held + length);
        }
        System.arraycopy(input, offset, history, held, length);
        held += length;
        long complete = historyStart + held - 1L - reach; // the last input sample with its whole right side; may be < 0
        long possible = Math.floorDiv((complete + 1) * denominator - 1 - position, step) + 1;
        int count = (int) Math.max(0, Math.min(possible, total - produced));
        short[] output = new short[count];
        for (int n = 0; n < count; n++) {
            output[n] = at(position);
            position += step;
        }
        produced += count;
        forget();
        return output;
    }

    private short at(long where) {
        int first = (int) (where / denominator - (reach - 1) - historyStart);
        long fraction = where % denominator;
        int phase = (int) (fraction * phases.length / denominator);
        float[] kernel = phases[phase];
        float sum = 0;
        for (int i = 0; i < kernel.length; i++) {
            sum += kernel[i] * history[first + i];
        }
        return (short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, Math.round(sum)));
    }

    /** Drops what no later output needs. */
    private void forget() {
        int keepFrom = (int) Math.min(held, position / denominator - (reach - 1) - historyStart);
        if (keepFrom > 0) {
            System.arraycopy(history, keepFrom, history, 0, held - keepFrom);
            held -= keepFrom;
            historyStart += keepFrom;
        }
    }

    /** One kernel per position, 2·reach long, each with gain 1 at 0 Hz. */
    private float[][] kernels(int count, double scale) {
        double cutoff = PASS_BAND * scale;
        float[][] kernels = new float[count][2 * reach];
        for (int phase = 0; phase < count; phase++) {
            double fraction = (double) phase / count;
            double[] taps = new double[2 * reach];
            double sum = 0;
            for (int i = 0; i < taps.length; i++) {
                double distance = i - (reach - 1) - fraction;
                taps[i] = sinc(cutoff * distance) * kaiser(distance / reach);
                sum += taps[i];
            }
            for (int i = 0; i < taps.length; i++) {
                kernels[phase][i] = (float) (taps[i] / sum);
            }
        }
        return kernels;
    }

    private static double sinc(double x) {
        return Math.abs(x) < 1e-9 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
    }

    private static double kaiser(double x) {
        return Math.abs(x) >= 1 ? 0 : bessel(KAISER_BETA * Math.sqrt(1 - x * x)) / bessel(KAISER_BETA);
    }

    /** Modified Bessel function of the first kind, order 0. */
    private static double bessel(double x) {
        double sum = 1;
        double term = 1;
        for (int k = 1; term > sum * 1e-12; k++) {
            term *= (x / (2 * k)) * (x / (2 * k));
            sum += term;
        }
        return sum;
    }

    private static int gcd(int a, int b) {
        return b == 0 ? a : gcd(b, a % b);
    }
}
