package dev.parley.media.opus.celt.synthesis;

/** Makes a voice's pitch stand out, or takes that back (RFC 6716 §4.3.7.1; libopus celt/celt.c, comb_filter). */
public final class CombFilter {
    /** Samples of the shortest period. */
    private static final int MIN_PERIOD = 15;

    private static final float[][] GAINS = {
        {1256 / 4096f, 889 / 4096f, 531 / 4096f},
        {1900 / 4096f, 1098 / 4096f, 0},
        {3276 / 4096f, 410 / 4096f, 0}
    };
    private static final float[] WINDOW = Mdct.squaredWindow();

    private CombFilter() {}

    /** Filters {@code count} samples of {@code x} from {@code at} in place, going from one setting over to another. */
    public static void run(float[] x, int at, int count, Setting from, Setting to) {
        if (from.gain == 0 && to.gain == 0) {
            return;
        }
        int begin = at;
        int end = at + count;
        if (!from.isLike(to)) {
            begin += Mdct.OVERLAP;
            cross(x, at, from, to);
        }
        if (to.gain != 0) {
            constant(x, begin, end, x, 0, to, to.gain);
        }
    }

    /** Filters {@code count} samples of {@code x} from {@code at} to the beginning of {@code y}, with the gain negated. */
    public static void undo(float[] x, int at, int count, float[] y, Setting setting) {
        if (setting.gain == 0) {
            System.arraycopy(x, at, y, 0, count);
            return;
        }
        constant(x, at, at + count, y, -at, setting, -setting.gain);
    }

    private static void cross(float[] x, int at, Setting from, Setting to) {
        float[] old = GAINS[from.taps];
        float[] now = GAINS[to.taps];
        for (int i = 0; i < Mdct.OVERLAP; i++) {
            float f = WINDOW[i];
            int p = at + i - from.period;
            int q = at + i - to.period;
            float a = (1 - f) * from.gain;
            float b = f * to.gain;
            x[at + i] = x[at + i]
                    + a * old[0] * x[p]
                    + a * old[1] * (x[p + 1] + x[p - 1])
                    + a * old[2] * (x[p + 2] + x[p - 2])
                    + b * now[0] * x[q]
                    + b * now[1] * (x[q + 1] + x[q - 1])
                    + b * now[2] * (x[q + 2] + x[q - 2]);
        }
    }

    private static void constant(float[] x, int begin, int end, float[] y, int shift, Setting setting, float gain) {
        float[] gains = GAINS[setting.taps];
        float g0 = gain * gains[0];
        float g1 = gain * gains[1];
        float g2 = gain * gains[2];
        int period = setting.period;
        float x4 = x[begin - period - 2];
        float x3 = x[begin - period - 1];
        float x2 = x[begin - period];
        float x1 = x[begin - period + 1];
        for (int i = begin; i < end; i++) {
            float x0 = x[i - period + 2];
            y[i + shift] = x[i] + g0 * x2 + g1 * (x1 + x3) + g2 * (x0 + x4);
            x4 = x3;
            x3 = x2;
            x2 = x1;
            x1 = x0;
        }
    }

    /** How the filter is set. */
    public static final class Setting {
        private int period = MIN_PERIOD;
        private float gain;
        private int taps;

        /** Off. */
        public Setting() {}

        /**
         * Takes these values.
         *
         * @param newPeriod samples; fewer than 15 count as 15
         * @param newGain 0 is off
         * @param newTaps which of three shapes
         */
        public void set(int newPeriod, float newGain, int newTaps) {
            period = Math.max(newPeriod, MIN_PERIOD);
            gain = newGain;
            taps = newTaps;
        }

        /** Takes the values of another. */
        public void set(Setting other) {
            set(other.period, other.gain, other.taps);
        }

        private boolean isLike(Setting other) {
            return gain == other.gain && taps == other.taps && period == other.period;
        }
    }
}
