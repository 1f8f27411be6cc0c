package dev.parley.media.opus.silk.filter;

/**
 * SILK's short-term predictor: excitation to sound, 16 coefficients always (libopus silk/decode_core.c). Lives from one
 * {@link #load} to the next {@link #save}; whoever uses it in between keeps its memory. One thread at a time.
 */
public final class Predictor {
    private static final int ORDER = LinearPrediction.MAX_ORDER;

    private final int[] s;

    /** For frames of at most so many samples. */
    public Predictor(int maxFrame) {
        s = new int[ORDER + maxFrame];
    }

    /** Takes over the last outputs, Q14. */
    public void load(int[] memory) {
        System.arraycopy(memory, 0, s, 0, ORDER);
    }

    /** Gives back the last outputs after {@code count} samples. */
    public void save(int[] memory, int count) {
        System.arraycopy(s, count, memory, 0, ORDER);
    }

    /** Goes on behind {@code count} samples. */
    public void advance(int count) {
        System.arraycopy(s, count, s, 0, ORDER);
    }

    /** Changes the last outputs to another gain, Q16. */
    public void scale(int factor) {
        for (int i = 0; i < ORDER; i++) {
            s[i] = FixedPoint.mulWW(factor, s[i]);
        }
    }

    /** Runs over {@code count} samples of {@code source} from {@code from}, Q14. */
    public void run(short[] coefficients, int rounding, int[] source, int from, int count) {
        int a0 = coefficients[0];
        int a1 = coefficients[1];
        int a2 = coefficients[2];
        int a3 = coefficients[3];
        int a4 = coefficients[4];
        int a5 = coefficients[5];
        int a6 = coefficients[6];
        int a7 = coefficients[7];
        for (int i = 0; i < count; i++) {
            int sum = rounding;
            for (int j = 8; j < ORDER; j++) {
                sum += FixedPoint.mulWB(s[i + ORDER - 1 - j], coefficients[j]);
            }
            sum += FixedPoint.mulWB(s[i + 8], a7) + FixedPoint.mulWB(s[i + 9], a6);
            sum += FixedPoint.mulWB(s[i + 10], a5) + FixedPoint.mulWB(s[i + 11], a4);
            sum += FixedPoint.mulWB(s[i + 12], a3) + FixedPoint.mulWB(s[i + 13], a2);
            sum += FixedPoint.mulWB(s[i + 14], a1) + FixedPoint.mulWB(s[i + 15], a0);
            s[i + ORDER] = FixedPoint.addSaturated(source[from + i], FixedPoint.shiftLeftSaturated(sum, 4));
        }
    }

    /** Output sample {@code i} of the last run times a gain of Q10. */
    public int sample(int i, int gain) {
        return FixedPoint.saturate16(FixedPoint.shiftRound(FixedPoint.mulWW(s[ORDER + i], gain), 8));
    }

    /** The last run times a gain of Q10, to {@code out} from {@code at}. */
    public void write(int gain, int count, short[] out, int at) {
        for (int i = 0; i < count; i++) {
            out[at + i] = (short) sample(i, gain);
        }
    }
}
