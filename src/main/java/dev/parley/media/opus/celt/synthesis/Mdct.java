package dev.parley.media.opus.celt.synthesis;

/**
 * Frequencies to overlapping time, by the inverse modified cosine transform of 1920 points or a half, a quarter or an
 * eighth of them (libopus celt/mdct.c). Read only, for all threads.
 */
public final class Mdct {
    /** Samples in which a frame overlaps the one before. */
    public static final int OVERLAP = 120;

    private static final int SIZES = 4;
    private static final float[] WINDOW = makeWindow();
    private static final float[] SQUARED_WINDOW = squares(WINDOW);
    private static final Fft[] TRANSFORMS = {
        new Fft(480, 5, 3, 4, 2, 4), new Fft(240, 5, 3, 4, 4), new Fft(120, 5, 3, 2, 4), new Fft(60, 5, 3, 4)
    };
    private static final float[][] ROTATIONS = rotations();

    private Mdct() {}

    /** The rising half of the window; the same array for everybody, who must not change it. */
    public static float[] window() {
        return WINDOW;
    }

    /** The squares of {@link #window}; the same array for everybody, who must not change it. */
    public static float[] squaredWindow() {
        return SQUARED_WINDOW;
    }

    private static float[] makeWindow() {
        float[] window = new float[OVERLAP];
        for (int i = 0; i < OVERLAP; i++) {
            double sine = Math.sin(0.5 * Math.PI * (i + 0.5) / OVERLAP);
            window[i] = (float) Math.sin(0.5 * Math.PI * sine * sine);
        }
        return window;
    }

    private static float[] squares(float[] values) {
        float[] squares = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            squares[i] = values[i] * values[i];
        }
        return squares;
    }

    private static float[][] rotations() {
        float[][] tables = new float[SIZES][];
        for (int shift = 0; shift < SIZES; shift++) {
            int points = 1_920 >> shift;
            tables[shift] = new float[points / 2];
            for (int i = 0; i < points / 2; i++) {
                tables[shift][i] = (float) Math.cos(2 * Math.PI * (i + 0.125) / points);
            }
        }
        return tables;
    }

    /**
     * Makes a block of 960 &gt;&gt; shift samples.
     *
     * @param in its frequencies, every {@code stride} from {@code from}
     * @param out from {@code at} on: before, the {@value #OVERLAP}/2 samples to overlap; then the finished block, and half
     *     an overlap more
     */
    public static void inverse(float[] in, int from, int stride, float[] out, int at, int shift) {
        int half = 960 >> shift;
        int quarter = half >> 1;
        float[] t = ROTATIONS[shift];
        Fft fft = TRANSFORMS[shift];
        int y = at + OVERLAP / 2;
        int[] order = fft.order();
        int low = from;
        int high = from + stride * (half - 1);
        for (int i = 0; i < quarter; i++) {
            float a = in[low];
            float b = in[high];
            int to = y + 2 * order[i];
            out[to + 1] = b * t[i] + a * t[quarter + i];
            out[to] = a * t[i] - b * t[quarter + i];
            low += 2 * stride;
            high -= 2 * stride;
        }
        fft.transform(out, y);
        unfold(out, y, half, t);
        overlap(out, at);
    }

    private static void unfold(float[] out, int y, int half, float[] t) {
        int quarter = half >> 1;
        int front = y;
        int back = y + half - 2;
        for (int i = 0; i < (quarter + 1) >> 1; i++) {
            float re = out[front + 1];
            float im = out[front];
            float t0 = t[i];
            float t1 = t[quarter + i];
            float yr = re * t0 + im * t1;
            float yi = re * t1 - im * t0;
            re = out[back + 1];
            im = out[back];
            out[front] = yr;
            out[back + 1] = yi;
            t0 = t[quarter - i - 1];
            t1 = t[half - i - 1];
            yr = re * t0 + im * t1;
            yi = re * t1 - im * t0;
            out[back] = yr;
            out[front + 1] = yi;
            front += 2;
            back -= 2;
        }
    }

    private static void overlap(float[] out, int at) {
        int front = at;
        int back = at + OVERLAP - 1;
        for (int i = 0; i < OVERLAP / 2; i++) {
            float x = out[back];
            float z = out[front];
            float rising = WINDOW[i];
            float falling = WINDOW[OVERLAP - 1 - i];
            out[front++] = falling * z - rising * x;
            out[back--] = rising * z + falling * x;
        }
    }
}
