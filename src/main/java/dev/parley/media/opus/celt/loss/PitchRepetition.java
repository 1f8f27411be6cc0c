package dev.parley.media.opus.celt.loss;

import dev.parley.media.opus.celt.band.Layout;
import dev.parley.media.opus.celt.synthesis.CombFilter;
import dev.parley.media.opus.celt.synthesis.Mdct;
import dev.parley.media.opus.celt.synthesis.Spectrum;

/**
 * Conceals a lost CELT frame by repeating the last periods of what its predictor leaves over, and running that through the
 * predictor (libopus celt/celt_decoder.c, celt_decode_lost). Has working memory: one stream, one thread at a time.
 */
public final class PitchRepetition {
    private static final int ORDER = 24;
    private static final int HISTORY = Spectrum.HISTORY;
    /** Samples that are analysed. */
    private static final int WINDOW = 1_024;

    private static final int OVERLAP = Mdct.OVERLAP;
    private static final float[] RISING = Mdct.window();

    private final PitchSearch search = new PitchSearch();
    private final float[] coefficients = new float[ORDER];
    private final float[] correlation = new float[ORDER + 1];
    private final float[] excitation = new float[ORDER + WINDOW];
    private final float[] scratch = new float[WINDOW];
    private final float[] generated = new float[ORDER + Layout.LONG_SIZE + OVERLAP];
    private final float[] tail = new float[OVERLAP];
    private int period;

    /** A decoder without these makes one. */
    public PitchRepetition() {}

    /**
     * Moves the history on by {@code n} samples and makes them up.
     *
     * @param sound 2048 samples and an overlap
     * @param first after a good frame; else the same goes on more quietly
     * @param filter that was applied to what is there, and will be to what comes
     */
    public void conceal(float[] sound, int n, boolean first, CombFilter.Setting filter) {
        float fade = 0.8f;
        if (first) {
            period = search.find(sound);
            fade = 1;
        }
        System.arraycopy(sound, HISTORY - WINDOW - ORDER, excitation, 0, WINDOW + ORDER);
        if (first) {
            analyse();
        }
        int repeated = Math.min(2 * period, WINDOW);
        leaveOver(repeated);
        float decay = decay(repeated / 2);
        System.arraycopy(sound, n, sound, 0, HISTORY - n);
        int length = n + OVERLAP;
        float before = repeat(sound, n, length, fade * decay, decay);
        predict(sound, HISTORY - n, length);
        limit(sound, HISTORY - n, length, before);
        prepareOverlap(sound, filter);
    }

    private void analyse() {
        System.arraycopy(excitation, ORDER, scratch, 0, WINDOW);
        for (int i = 0; i < OVERLAP; i++) {
            scratch[i] *= RISING[i];
            scratch[WINDOW - 1 - i] *= RISING[i];
        }
        Autoregression.correlate(scratch, 0, WINDOW, correlation, ORDER);
        correlation[0] *= 1.0001f;
        for (int i = 1; i <= ORDER; i++) {
            correlation[i] -= correlation[i] * (0.008f * 0.008f) * i * i;
        }
        Autoregression.solve(coefficients, correlation, ORDER);
    }

    /** Makes the last {@code count} samples what the predictor leaves over of them. */
    private void leaveOver(int count) {
        int from = ORDER + WINDOW - count;
        for (int i = 0; i < count; i++) {
            float sum = excitation[from + i];
            for (int j = ORDER - 1; j >= 0; j--) {
                sum += coefficients[j] * excitation[from + i - 1 - j];
            }
            scratch[i] = sum;
        }
        System.arraycopy(scratch, 0, excitation, from, count);
    }

    /** How much quieter the last half is than the one before. */
    private float decay(int half) {
        float last = 1;
        float before = 1;
        int end = ORDER + WINDOW;
        for (int i = 0; i < half; i++) {
            float a = excitation[end - half + i];
            float b = excitation[end - 2 * half + i];
            last += a * a;
            before += b * b;
        }
        return (float) Math.sqrt(Math.min(last, before) / before);
    }

    /** Repeats the last period; answers the energy of the sound that it stands for. */
    private float repeat(float[] sound, int n, int length, float start, float decay) {
        float attenuation = start;
        float energy = 0;
        int from = WINDOW - period;
        int j = 0;
        for (int i = 0; i < length; i++) {
            if (j >= period) {
                j -= period;
                attenuation *= decay;
            }
            sound[HISTORY - n + i] = attenuation * excitation[ORDER + from + j];
            float old = sound[HISTORY - WINDOW - n + from + j];
            energy += old * old;
            j++;
        }
        return energy;
    }

    private void predict(float[] sound, int at, int length) {
        float[] y = generated;
        System.arraycopy(sound, at - ORDER, y, 0, ORDER);
        for (int i = 0; i < length; i++) {
            float sum = sound[at + i];
            for (int j = ORDER - 1; j >= 0; j--) {
                sum -= coefficients[j] * y[ORDER + i - 1 - j];
            }
            y[ORDER + i] = sum;
        }
        System.arraycopy(y, ORDER, sound, at, length);
    }

    /** A predictor that runs away is silenced, or made as loud as what was before. */
    private static void limit(float[] sound, int at, int length, float before) {
        float energy = 0;
        for (int i = at; i < at + length; i++) {
            energy += sound[i] * sound[i];
        }
        if (!(before > 0.2f * energy)) {
            for (int i = at; i < at + length; i++) {
                sound[i] = 0;
            }
        } else if (before < energy) {
            float ratio = (float) Math.sqrt((before + 1) / (energy + 1));
            for (int i = 0; i < length; i++) {
                float factor = i < OVERLAP ? 1 - RISING[i] * (1 - ratio) : ratio;
                sound[at + i] *= factor;
            }
        }
    }

    /** What overlaps the next frame, as if that frame's transform had made it. */
    private void prepareOverlap(float[] sound, CombFilter.Setting filter) {
        CombFilter.undo(sound, HISTORY, OVERLAP, tail, filter);
        for (int i = 0; i < OVERLAP / 2; i++) {
            sound[HISTORY + i] = RISING[i] * tail[OVERLAP - 1 - i] + RISING[OVERLAP - 1 - i] * tail[i];
        }
    }
}
