package dev.parley.media.resample;

/**
 * The low-pass filter between one input rate and 16 kHz, cut into phases: row φ holds the taps for an output sample
 * that lies φ/phases of an input sample after the one it is based on. Immutable; any thread.
 *
 * <p>A Kaiser-windowed sinc (Oppenheim and Schafer, Discrete-Time Signal Processing, §7.5.3): flat to 90 % of the
 * lower of both Nyquist frequencies (7.2 kHz from 16 kHz up), 85 dB down from that Nyquist frequency on. Rates whose
 * ratio needs more phases than are worth storing get a table fine enough to interpolate linearly between its rows.
 */
public final class FilterBank {
    /** Hz of every output. */
    public static final int OUTPUT_RATE = 16_000;

    /** Lowest input rate in Hz: telephone. */
    public static final int MIN_RATE = 8_000;
    /** Highest input rate in Hz: the highest that sound cards offer. */
    public static final int MAX_RATE = 192_000;

    private static final double STOP_BAND_DB = 85;
    private static final double PASS_SHARE = 0.9;
    /** Floats in one table; 11 025 Hz needs 640 phases of 108 taps. Anything finer is interpolated. */
    private static final int MAX_EXACT_TABLE = 80_000;
    /** Rows per period of the lower rate when interpolating: errors stay some 100 dB down. */
    private static final int INTERPOLATED_ROWS = 512;

    private final int up;
    private final int down;
    private final int taps;
    private final int rows;
    private final boolean exact;
    private final float[] table;

    private FilterBank(int up, int down, int taps, int rows, boolean exact, float[] table) {
        this.up = up;
        this.down = down;
        this.taps = taps;
        this.rows = rows;
        this.exact = exact;
        this.table = table;
    }

    /**
     * Designs the filter from {@code rate} to 16 kHz; some milliseconds of work, so keep what it answers.
     *
     * @param rate Hz, {@value #MIN_RATE}–{@value #MAX_RATE}
     */
    public static FilterBank design(int rate) {
        if (rate < MIN_RATE || rate > MAX_RATE) {
            throw new IllegalArgumentException("rate out of range: " + rate);
        }
        int divisor = greatestCommonDivisor(rate, OUTPUT_RATE);
        int up = OUTPUT_RATE / divisor;
        int down = rate / divisor;
        double stop = Math.min(rate, OUTPUT_RATE) / 2.0 / rate;
        double pass = stop * PASS_SHARE;
        int taps = (int) Math.ceil((STOP_BAND_DB - 7.95) / (14.36 * (stop - pass)));
        // Even, so that the window is symmetric; whole input periods, so that a decimator's lanes are of one length.
        int multiple = up == 1 ? 2 * down : 2;
        taps = (taps + multiple - 1) / multiple * multiple;
        boolean exact = (long) up * taps <= MAX_EXACT_TABLE;
        int rows = exact ? up : (int) Math.ceil((double) INTERPOLATED_ROWS * OUTPUT_RATE / Math.max(rate, OUTPUT_RATE));
        float[] table = new float[(exact ? rows : rows + 1) * taps];
        double beta = 0.1102 * (STOP_BAND_DB - 8.7);
        for (int row = 0; row * taps < table.length; row++) {
            fillRow(table, row * taps, taps, (double) row / rows, (pass + stop) / 2, beta);
        }
        return new FilterBank(up, down, taps, rows, exact, table);
    }

    private static void fillRow(float[] table, int at, int taps, double phase, double cutoff, double beta) {
        double[] row = new double[taps];
        double sum = 0;
        double half = taps / 2.0;
        double windowScale = 1 / besselI0(beta);
        for (int k = 0; k < taps; k++) {
            double distance = taps / 2 - 1 + phase - k;
            double x = 2 * Math.PI * cutoff * distance;
            double sinc = Math.abs(x) < 1e-9 ? 1 : Math.sin(x) / x;
            double edge = distance / half;
            double window = edge * edge >= 1 ? windowScale : besselI0(beta * Math.sqrt(1 - edge * edge)) * windowScale;
            row[k] = sinc * window;
            sum += row[k];
        }
        // Every phase passes a constant unchanged: no tone at the phase rate.
        for (int k = 0; k < taps; k++) {
            table[at + k] = (float) (row[k] / sum);
        }
    }

    /** Modified Bessel function of the first kind, order 0, by its power series. */
    private static double besselI0(double x) {
        double quarter = x * x / 4;
        double term = 1;
        double sum = 1;
        for (int k = 1; term > sum * 1e-12; k++) {
            term *= quarter / ((double) k * k);
            sum += term;
        }
        return sum;
    }

    private static int greatestCommonDivisor(int a, int b) {
        return b == 0 ? a : greatestCommonDivisor(b, a % b);
    }

    /** Output samples per {@link #down()} input samples. */
    int up() {
        return up;
    }

    /** Input samples per {@link #up()} output samples. */
    int down() {
        return down;
    }

    /** Input samples under the filter; even. */
    int taps() {
        return taps;
    }

    /** Phases per input sample that have a row. */
    int rows() {
        return rows;
    }

    /** Whether every phase that occurs has its row; else one row follows the last to interpolate with. */
    boolean exact() {
        return exact;
    }

    /** The rows, one after the other; not to be written. */
    float[] table() {
        return table;
    }
}
