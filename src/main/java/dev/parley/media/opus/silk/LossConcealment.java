package dev.parley.media.opus.silk;

import dev.parley.media.opus.silk.filter.FixedPoint;
import dev.parley.media.opus.silk.filter.LinearPrediction;
import dev.parley.media.opus.silk.filter.Predictor;
import java.util.Arrays;

/** Goes on with the pitch and the noise of the last SILK frame, ever more quietly (libopus silk/PLC.c). */
final class LossConcealment {
    private static final int TAPS = Parameters.TAPS;
    private static final int ORDER = Synthesis.ORDER;
    private static final int LEAST_GAIN = 11_469;
    private static final int MOST_GAIN = 15_565;
    private static final int NOISE = 128;
    private static final int EXPANSION = (int) (0.99 * 65_536 + 0.5);
    private static final int PITCH_DRIFT = 655;
    private static final int MAX_LAG_MILLIS = 18;
    private static final int ONE = 1 << 16;

    private static final int[] HARMONIC_DECAY = {32_440, 31_130};
    private static final int[] VOICED_NOISE_DECAY = {31_130, 26_214};
    private static final int[] UNVOICED_NOISE_DECAY = {32_440, 29_491};

    private final Synthesis voice;
    private final short[] taps = new short[TAPS];
    private final short[] coefficients = new short[ORDER];
    private final short[] scaled = new short[2 * Synthesis.MAX_SUBFRAME];
    private final int[] gains = {ONE, ONE};
    private int lag;
    private int scale;
    private int rate;
    private int subframes = 2;
    private int subframeLength = 20;
    private int seed;
    private short noiseScale;

    LossConcealment(Synthesis voice) {
        this.voice = voice;
    }

    void reset() {
        Arrays.fill(taps, (short) 0);
        Arrays.fill(coefficients, (short) 0);
        rate = 0;
        scale = 0;
        seed = 0;
        noiseScale = 0;
        reset(0);
    }

    private void reset(int frameLength) {
        lag = frameLength << 7;
        Arrays.fill(gains, ONE);
        subframeLength = 20;
        subframes = 2;
    }

    /** How loud the noise of the last concealed subframe was, Q14. */
    int noiseScale() {
        return noiseScale;
    }

    /** The gain of the last subframe heard, Q16. */
    int lastGain() {
        return gains[1];
    }

    /** Remembers a good frame. */
    void update(ChannelReader frame) {
        follow(frame);
        Parameters p = voice.parameters;
        Arrays.fill(taps, (short) 0);
        if (frame.signalType == ChannelReader.VOICED) {
            int gain = strongestPitch(frame, p);
            taps[TAPS / 2] = (short) gain;
            if (gain < LEAST_GAIN) {
                int factor = (LEAST_GAIN << 10) / Math.max(gain, 1);
                taps[TAPS / 2] = (short) (FixedPoint.mulBB(gain, factor) >> 10);
            } else if (gain > MOST_GAIN) {
                int factor = (MOST_GAIN << 14) / gain;
                taps[TAPS / 2] = (short) (FixedPoint.mulBB(gain, factor) >> 14);
            }
        } else {
            lag = (frame.rate * MAX_LAG_MILLIS) << 8;
        }
        System.arraycopy(p.coefficients[1], 0, coefficients, 0, ORDER);
        scale = p.scale;
        gains[0] = p.gains[frame.subframes - 2];
        gains[1] = p.gains[frame.subframes - 1];
        subframeLength = frame.subframeLength();
        subframes = frame.subframes;
    }

    private int strongestPitch(ChannelReader frame, Parameters p) {
        int strongest = 0;
        int last = frame.subframes - 1;
        for (int j = 0; j <= last && j * frame.subframeLength() < p.lags[last]; j++) {
            int gain = 0;
            for (int i = 0; i < TAPS; i++) {
                gain += p.taps[(last - j) * TAPS + i];
            }
            if (gain > strongest) {
                strongest = gain;
                lag = p.lags[last - j] << 8;
            }
        }
        return strongest;
    }

    private void follow(ChannelReader frame) {
        if (rate != frame.rate) {
            reset(frame.frameLength);
            rate = frame.rate;
        }
    }

    /** A lost frame, to {@code out} from {@code at}. */
    void conceal(ChannelReader frame, short[] out, int at) {
        follow(frame);
        int order = frame.order();
        if (voice.first) {
            Arrays.fill(coefficients, (short) 0);
        }
        int noiseAt = quietest(frame);
        int step = Math.min(1, voice.losses);
        boolean voiced = voice.previousSignalType == ChannelReader.VOICED;
        int noiseDecay = voiced ? VOICED_NOISE_DECAY[step] : UNVOICED_NOISE_DECAY[step];
        LinearPrediction.expandBandwidth(coefficients, order, EXPANSION);
        if (voice.losses == 0) {
            noiseScale = 1 << 14;
            if (voiced) {
                int rest = noiseScale;
                for (int i = 0; i < TAPS; i++) {
                    rest = (short) (rest - taps[i]);
                }
                rest = Math.max(3_277, rest);
                noiseScale = (short) (FixedPoint.mulBB(rest, scale) >> 14);
            } else {
                int inverse = voice.prediction.inverseGain(coefficients, order);
                int down = Math.max(1 << 22, Math.min(1 << 27, inverse)) << 3;
                noiseDecay = FixedPoint.mulWB(down, noiseDecay) >> 14;
            }
        }
        predict(frame, noiseAt, HARMONIC_DECAY[step], noiseDecay);
        synthesize(frame, out, at);
    }

    /** Where in the last excitation the quieter of the last two subframes ends, or the beginning. */
    private int quietest(ChannelReader frame) {
        int length = frame.subframeLength();
        for (int k = 0; k < 2; k++) {
            int from = (k + frame.subframes - 2) * length;
            for (int i = 0; i < length; i++) {
                int value = FixedPoint.mulWW(voice.excitation[from + i], gains[k] >> 6) >> 8;
                scaled[k * length + i] = (short) FixedPoint.saturate16(value);
            }
        }
        long before = FixedPoint.energy(scaled, 0, length);
        long last = FixedPoint.energy(scaled, length, length);
        boolean first = (int) before >> (int) (last >> 32) < (int) last >> (int) (before >> 32);
        return Math.max(0, (first ? subframes - 1 : subframes) * subframeLength - NOISE);
    }

    private void predict(ChannelReader frame, int noiseAt, int harmonicDecay, int noiseDecay) {
        int[] s = voice.longTerm;
        int memory = 20 * frame.rate;
        int period = FixedPoint.shiftRound(lag, 8);
        int start = memory - period - frame.order() - TAPS / 2;
        LinearPrediction.residual(
                voice.residual, start, voice.history, start, coefficients, memory - start, frame.order());
        int inverse = Math.min(FixedPoint.inverse(gains[1], 46), Integer.MAX_VALUE >> 1);
        for (int i = start + frame.order(); i < memory; i++) {
            s[i] = FixedPoint.mulWB(inverse, voice.residual[i]);
        }
        int position = memory;
        for (int k = 0; k < frame.subframes; k++) {
            for (int i = 0; i < frame.subframeLength(); i++) {
                int past = position - period + TAPS / 2;
                int sum = 2;
                for (int j = 0; j < TAPS; j++) {
                    sum += FixedPoint.mulWB(s[past - j], taps[j]);
                }
                seed = FixedPoint.random(seed);
                int noise = voice.excitation[noiseAt + (seed >> 25 & NOISE - 1)];
                s[position++] = (sum + FixedPoint.mulWB(noise, noiseScale)) << 2;
            }
            for (int j = 0; j < TAPS; j++) {
                taps[j] = (short) (FixedPoint.mulBB(harmonicDecay, taps[j]) >> 15);
            }
            if (frame.signalType != ChannelReader.UNVOICED_SILENCE) {
                noiseScale = (short) (FixedPoint.mulBB(noiseScale, noiseDecay) >> 15);
            }
            lag = Math.min(lag + FixedPoint.mulWB(lag, PITCH_DRIFT), (MAX_LAG_MILLIS * frame.rate) << 8);
            period = FixedPoint.shiftRound(lag, 8);
        }
        Arrays.fill(voice.parameters.lags, period);
    }

    private void synthesize(ChannelReader frame, short[] out, int at) {
        Predictor predictor = voice.predictor;
        int length = frame.frameLength;
        predictor.load(voice.memory);
        predictor.run(coefficients, frame.order() >> 1, voice.longTerm, 20 * frame.rate, length);
        predictor.write(gains[1] >> 6, length, out, at);
        predictor.save(voice.memory, length);
    }
}
