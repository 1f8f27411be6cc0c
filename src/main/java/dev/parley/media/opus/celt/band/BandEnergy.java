package dev.parley.media.opus.celt.band;

import dev.parley.media.opus.range.RangeDecoder;
import dev.parley.media.opus.table.Tables;
import java.util.Arrays;

/** How loud each band of both channels is, in powers of two, and was (RFC 6716 §4.3.2; libopus celt/quant_bands.c). */
public final class BandEnergy {
    private static final int BANDS = Layout.BANDS;
    private static final float SILENCE = -28;

    private static final float[] PREDICTION = {29440 / 32768f, 26112 / 32768f, 21248 / 32768f, 16384 / 32768f};
    private static final float[] LEAK = {30147 / 32768f, 22282 / 32768f, 12124 / 32768f, 6554 / 32768f};
    private static final float INTRA_LEAK = 4915 / 32768f;
    private static final short[] MODEL = Tables.CELT.row("energyModel");
    private static final short[] SMALL = {2, 1, 0};

    private final float[] now = new float[2 * BANDS];
    private final float[] before = new float[2 * BANDS];
    private final float[] longBefore = new float[2 * BANDS];
    private final float[] background = new float[2 * BANDS];
    private final float[] previous = new float[2];

    /** As new. */
    public BandEnergy() {
        reset();
    }

    /** Forgets everything. */
    public void reset() {
        Arrays.fill(now, 0);
        Arrays.fill(before, SILENCE);
        Arrays.fill(longBefore, SILENCE);
        Arrays.fill(background, 0);
    }

    /** A mono frame begins where the louder channel was. */
    public void joinChannels() {
        for (int i = 0; i < BANDS; i++) {
            now[i] = Math.max(now[i], now[BANDS + i]);
        }
    }

    /** Reads the energies, in whole powers of two. */
    public void readCoarse(RangeDecoder in, int start, int end, boolean intra, int channels, int log) {
        float keep = intra ? 0 : PREDICTION[log];
        float leak = intra ? INTRA_LEAK : LEAK[log];
        int model = (log * 2 + (intra ? 1 : 0)) * 2 * BANDS;
        int budget = in.length() * 8;
        previous[0] = 0;
        previous[1] = 0;
        for (int i = start; i < end; i++) {
            for (int c = 0; c < channels; c++) {
                int step = readStep(in, budget - in.tell(), model + 2 * Math.min(i, 20));
                int at = c * BANDS + i;
                now[at] = keep * Math.max(-9, now[at]) + previous[c] + step;
                previous[c] = previous[c] + step - leak * step;
            }
        }
    }

    private static int readStep(RangeDecoder in, int left, int model) {
        if (left >= 15) {
            return in.laplace(MODEL[model] << 7, MODEL[model + 1] << 6);
        }
        if (left >= 2) {
            int symbol = in.symbol(SMALL, 0, 2);
            return symbol >> 1 ^ -(symbol & 1);
        }
        return left >= 1 ? -in.bit(1) : -1;
    }

    /** Reads fractions of them, of so many bits for each band. */
    public void readFine(RangeDecoder in, int start, int end, Allocation allocation, int channels) {
        for (int i = start; i < end; i++) {
            int bits = allocation.fine(i);
            if (bits > 0) {
                for (int c = 0; c < channels; c++) {
                    float step = in.raw(bits) + 0.5f;
                    now[c * BANDS + i] += step * (1 << (14 - bits)) * (1f / 16_384) - 0.5f;
                }
            }
        }
    }

    /** Spends the bits that are left over, those of the first priority first. */
    public void readRest(RangeDecoder in, int start, int end, Allocation allocation, int bits, int channels) {
        int left = bits;
        for (int priority = 0; priority < 2; priority++) {
            for (int i = start; i < end && left >= channels; i++) {
                int fine = allocation.fine(i);
                if (fine < Layout.MAX_FINE_BITS && allocation.priority(i) == priority) {
                    for (int c = 0; c < channels; c++) {
                        float step = in.raw(1) - 0.5f;
                        now[c * BANDS + i] += step * (1 << (14 - fine - 1)) * (1f / 16_384);
                        left--;
                    }
                }
            }
        }
    }

    /** Nothing is heard in this frame. */
    public void silence(int channels) {
        Arrays.fill(now, 0, channels * BANDS, SILENCE);
    }

    /** The frame is done: it becomes the one before. */
    public void remember(int start, int end, int channels, boolean transientFrame, float risingBackground) {
        if (channels == 1) {
            System.arraycopy(now, 0, now, BANDS, BANDS);
        }
        if (transientFrame) {
            for (int i = 0; i < 2 * BANDS; i++) {
                before[i] = Math.min(before[i], now[i]);
            }
        } else {
            System.arraycopy(before, 0, longBefore, 0, 2 * BANDS);
            System.arraycopy(now, 0, before, 0, 2 * BANDS);
            for (int i = 0; i < 2 * BANDS; i++) {
                background[i] = Math.min(background[i] + risingBackground, now[i]);
            }
        }
        for (int c = 0; c < 2; c++) {
            forget(c * BANDS, c * BANDS + start);
            forget(c * BANDS + end, (c + 1) * BANDS);
        }
    }

    private void forget(int from, int to) {
        Arrays.fill(now, from, to, 0);
        Arrays.fill(before, from, to, SILENCE);
        Arrays.fill(longBefore, from, to, SILENCE);
    }

    /** A frame is lost: what is heard instead fades to the background. */
    public void fade(int start, int end, float step) {
        for (int i = start; i < end; i++) {
            now[i] = Math.max(background[i], now[i] - step);
        }
    }

    /** Of a channel's band. */
    public float of(int channel, int band) {
        return now[channel * BANDS + band];
    }

    /** By how much a band is louder than in the quieter of the two frames before. */
    public float rise(int channel, int band, int channels) {
        int at = channel * BANDS + band;
        float last = before[at];
        float longAgo = longBefore[at];
        if (channels == 1) {
            last = Math.max(last, before[BANDS + band]);
            longAgo = Math.max(longAgo, longBefore[BANDS + band]);
        }
        return Math.max(0, now[at] - Math.min(last, longAgo));
    }
}
