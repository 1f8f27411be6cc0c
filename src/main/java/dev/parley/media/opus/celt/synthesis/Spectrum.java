package dev.parley.media.opus.celt.synthesis;

import dev.parley.media.opus.celt.band.BandEnergy;
import dev.parley.media.opus.celt.band.Layout;
import java.util.Arrays;

/** Shapes times energies, mixed down to mono, and back to time (libopus celt/celt_decoder.c, celt_synthesis). */
public final class Spectrum {
    /** Samples of sound that are kept, of which the last are the frame; an overlap lies behind them. */
    public static final int HISTORY = 2_048;

    private static final float MAX_LOG = 32;
    private static final double LOG_OF_TWO = Math.log(2);
    /** The mean energy of each band, in sixteenths of powers of two. */
    private static final int[] MEANS = {
        103, 100, 92, 85, 81, 77, 72, 70, 78, 75, 73, 71, 78, 74, 69, 72, 70, 74, 76, 71, 60
    };

    private final float[] frequencies = new float[Layout.LONG_SIZE];

    /** Has working memory: one stream, one thread at a time. */
    public Spectrum() {}

    /**
     * Makes the last 120 &lt;&lt; log samples of {@code sound}, of which there are {@value #HISTORY}, and the half of
     * an overlap behind them.
     *
     * @param shape of the first channel and, a frame's samples further, of the second one
     * @param end the band behind the last; like {@code start} when nothing is heard
     */
    public void synthesize(
            float[] shape,
            BandEnergy energy,
            float[] sound,
            int start,
            int end,
            int channels,
            int log,
            boolean isTransient) {
        int samples = Layout.SHORT_SIZE << log;
        Arrays.fill(frequencies, 0, samples, 0);
        for (int i = start; i < end; i++) {
            int from = Layout.EDGES[i] << log;
            int to = Layout.EDGES[i + 1] << log;
            float left = amplitude(energy.of(0, i), i);
            if (channels == 2) {
                float right = amplitude(energy.of(1, i), i);
                mix(shape, from, to, samples, 0.5f * left, 0.5f * right);
            } else {
                for (int j = from; j < to; j++) {
                    frequencies[j] = left * shape[j];
                }
            }
        }
        int blocks = isTransient ? 1 << log : 1;
        int shift = isTransient ? 3 : 3 - log;
        int size = samples / blocks;
        for (int b = 0; b < blocks; b++) {
            Mdct.inverse(frequencies, b, blocks, sound, HISTORY - samples + size * b, shift);
        }
    }

    private void mix(float[] shape, int from, int to, int samples, float left, float right) {
        for (int j = from; j < to; j++) {
            frequencies[j] = left * shape[j] + right * shape[samples + j];
        }
    }

    private static float amplitude(float log, int band) {
        return (float) Math.exp(LOG_OF_TWO * Math.min(MAX_LOG, log + MEANS[band] / 16f));
    }
}
