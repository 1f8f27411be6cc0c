package dev.parley.media.resample;

/**
 * One stream of samples to 16 kHz s16le, block by block; how the blocks are cut changes no bit of the result. The
 * filter's delay is taken out: output sample m lies at the time of input sample m·rate/16000, and a finished stream
 * has exactly round(n·16000/rate) samples. Loud input saturates. Allocates nothing after construction. One thread at a
 * time.
 */
public abstract sealed class Resampler permits Decimator, FractionalResampler {
    private final FilterBank bank;
    private final short[] zeros;
    private long taken;
    private long given;

    Resampler(FilterBank bank) {
        this.bank = bank;
        this.zeros = new short[Math.min(bank.taps(), 256)];
    }

    /** Bytes of output that {@code count} more input samples, or none and {@link #finish}, give at the most. */
    public final int maxBytes(int count) {
        long samples = ((long) count + bank.taps()) * bank.up() / bank.down() + 2;
        return Math.toIntExact(2 * samples);
    }

    /**
     * Takes {@code count} samples and writes what they complete to the beginning of {@code out}.
     *
     * @param out at least {@link #maxBytes} of {@code count} long
     * @return bytes written
     */
    public final int resample(short[] samples, int offset, int count, byte[] out) {
        taken += count;
        int written = run(samples, offset, count, out, 0, Long.MAX_VALUE);
        given += written / 2;
        return written;
    }

    /**
     * The input ended: writes what the filter still holds to the beginning of {@code out}. Nothing may be taken after.
     *
     * @param out at least {@link #maxBytes} of 0 long
     * @return bytes written
     */
    public final int finish(byte[] out) {
        long total = (2 * taken * bank.up() + bank.down()) / (2L * bank.down());
        int written = 0;
        while (given < total) {
            int more = run(zeros, 0, zeros.length, out, written, total - given);
            given += more / 2;
            written += more;
        }
        return written;
    }

    /** Takes samples and writes at most {@code limit} output samples to {@code out} from {@code at}. */
    abstract int run(short[] samples, int offset, int count, byte[] out, int at, long limit);

    /** Rounds, saturates and writes {@code count} samples; answers the bytes. */
    static int write(float[] samples, int count, byte[] out, int at) {
        for (int i = 0; i < count; i++) {
            float sample = samples[i];
            int rounded = (int) (sample + (sample < 0 ? -0.5f : 0.5f));
            int saturated = Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, rounded));
            out[at + 2 * i] = (byte) saturated;
            out[at + 2 * i + 1] = (byte) (saturated >> 8);
        }
        return 2 * count;
    }
}
