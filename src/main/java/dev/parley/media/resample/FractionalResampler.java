package dev.parley.media.resample;

/** Every other ratio, up or down, such as 44.1 kHz → 16 kHz: one dot product per output with the row of its phase. */
final class FractionalResampler extends Resampler {
    /** Input samples taken together. */
    private static final int BLOCK = 1024;

    private final FilterBank bank;
    private final int taps;
    private final float[] window;
    private final float[] outputs;
    private int filled;
    /** First input sample under the filter for the next output; may lie behind what is filled. */
    private int base;
    /** How far the next output lies behind an input sample, in units of 1/up. */
    private int phase;

    FractionalResampler(FilterBank bank) {
        super(bank);
        this.bank = bank;
        taps = bank.taps();
        window = new float[taps + BLOCK];
        outputs = new float[(int) ((long) (taps + BLOCK) * bank.up() / bank.down()) + 2];
        // The filter looks back half its length: zeros before the first sample take its delay out.
        filled = taps / 2 - 1;
    }

    @Override
    int run(short[] samples, int offset, int count, byte[] out, int at, long limit) {
        int position = offset;
        int end = offset + count;
        int written = 0;
        while (position < end) {
            int take = Math.min(window.length - filled, end - position);
            for (int i = 0; i < take; i++) {
                window[filled + i] = samples[position + i];
            }
            filled += take;
            position += take;
            written += write(outputs, filter(limit - written / 2), out, at + written);
            int gone = Math.min(base, filled);
            System.arraycopy(window, gone, window, 0, filled - gone);
            filled -= gone;
            base -= gone;
        }
        return written;
    }

    private int filter(long limit) {
        int count = 0;
        while (base + taps <= filled && count < limit) {
            outputs[count++] = bank.exact() ? dot(phase * taps) : between();
            phase += bank.down();
            base += phase / bank.up();
            phase %= bank.up();
        }
        return count;
    }

    private float between() {
        long scaled = (long) phase * bank.rows();
        int row = (int) (scaled / bank.up());
        float share = (float) (scaled % bank.up()) / bank.up();
        float lower = dot(row * taps);
        return lower + share * (dot((row + 1) * taps) - lower);
    }

    /** Four sums, because one alone would wait for each addition to end before the next. */
    private float dot(int row) {
        float[] x = window;
        float[] h = bank.table();
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        int k = 0;
        for (; k + 4 <= taps; k += 4) {
            s0 += h[row + k] * x[base + k];
            s1 += h[row + k + 1] * x[base + k + 1];
            s2 += h[row + k + 2] * x[base + k + 2];
            s3 += h[row + k + 3] * x[base + k + 3];
        }
        for (; k < taps; k++) {
            s0 += h[row + k] * x[base + k];
        }
        return s0 + s1 + (s2 + s3);
    }
}
