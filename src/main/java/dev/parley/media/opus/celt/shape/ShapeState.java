package dev.parley.media.opus.celt.shape;

import dev.parley.media.opus.celt.band.Layout;
import dev.parley.media.opus.range.RangeDecoder;

/**
 * What decoding the shapes of a frame's bands has in common. All vectors lie in one array and are named by where they
 * begin; {@link #NONE} is no vector.
 */
final class ShapeState {
    static final int NONE = -1;
    /** Where the bands already decoded lie normalised, as a source for folding: of both channels. */
    static final int NORM = 2 * Layout.LONG_SIZE;

    static final int NORM_2 = NORM + 640;

    /** First channel, second channel directly behind it, then the normalised bands. */
    final float[] v = new float[NORM_2 + 640];

    RangeDecoder in = new RangeDecoder();
    int band;
    /** Logarithm of the frame's length in shortest frames. */
    int log;

    int spread;
    int timeFrequency;
    /** Eighths of bits of the whole frame. */
    int remaining;

    int intensity;
    int seed;

    /** The next pseudo-random number. */
    int random() {
        seed = 1_664_525 * seed + 1_013_904_223;
        return seed;
    }

    /** Gives a vector this length. */
    void normalize(int x, int n, float gain) {
        float energy = 1e-15f;
        for (int i = x; i < x + n; i++) {
            energy += v[i] * v[i];
        }
        float factor = gain / (float) Math.sqrt(energy);
        for (int i = x; i < x + n; i++) {
            v[i] *= factor;
        }
    }
}
