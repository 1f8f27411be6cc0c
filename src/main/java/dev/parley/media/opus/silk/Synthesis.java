package dev.parley.media.opus.silk;

import dev.parley.media.opus.silk.filter.FixedPoint;
import dev.parley.media.opus.silk.filter.LinearPrediction;
import dev.parley.media.opus.silk.filter.Predictor;
import java.util.Arrays;

/**
 * Sound of one channel's SILK frames, at their own rate: excitation through the long-term and the short-term predictor
 * (libopus silk/decode_core.c, decode_frame.c), or what conceals a frame that is lost.
 */
final class Synthesis {
    static final int MAX_FRAME = 320;
    static final int MAX_SUBFRAME = 80;
    static final int ORDER = LinearPrediction.MAX_ORDER;

    private static final int ONE = 1 << 16;
    private static final int LEVEL_ADJUSTMENT = 80 << 4;
    private static final int LAG_AFTER_RESET = 100;
    private static final short QUARTER = 1 << 12;
    private static final int[][] OFFSETS = {{100, 240}, {32, 100}};

    final LinearPrediction prediction = new LinearPrediction();
    final Parameters parameters = new Parameters(prediction);
    final LossConcealment concealment = new LossConcealment(this);
    final Predictor predictor = new Predictor(MAX_FRAME);
    private final ComfortNoise noise = new ComfortNoise(this);
    private final FadeIn fadeIn = new FadeIn();

    final int[] excitation = new int[MAX_FRAME];
    /** The short-term predictor's last output, Q14. */
    final int[] memory = new int[ORDER];
    /** The last 20 ms, and room for the half of a frame. */
    final short[] history = new short[MAX_FRAME + 2 * MAX_SUBFRAME];

    int losses;
    int previousSignalType;
    boolean first = true;
    private int previousLag;
    private int previousGain = ONE;
    private int rate;

    final short[] residual = new short[MAX_FRAME];
    final int[] longTerm = new int[2 * MAX_FRAME];
    private final int[] excited = new int[MAX_SUBFRAME];

    /** As new. */
    void reset() {
        rate = 0;
        losses = 0;
        previousSignalType = ChannelReader.UNVOICED_SILENCE;
        first = true;
        previousLag = 0;
        previousGain = ONE;
        Arrays.fill(excitation, 0);
        forget();
        parameters.reset();
        concealment.reset();
        noise.reset();
        fadeIn.reset();
    }

    /** Takes over the rate of the next frame. */
    void configure(int khz) {
        if (rate != khz) {
            rate = khz;
            first = true;
            previousLag = LAG_AFTER_RESET;
            previousSignalType = ChannelReader.UNVOICED_SILENCE;
            parameters.resetGain();
            forget();
        }
    }

    private void forget() {
        Arrays.fill(history, (short) 0);
        Arrays.fill(memory, 0);
    }

    /** A frame that was read, to {@code out} from {@code at}. */
    void decode(ChannelReader frame, int[] pulses, boolean conditional, short[] out, int at) {
        parameters.decode(frame, conditional, losses > 0, first);
        excite(frame, pulses);
        synthesize(frame, out, at);
        concealment.update(frame);
        losses = 0;
        previousSignalType = frame.signalType;
        first = false;
        finish(frame, out, at);
    }

    /** What is heard instead of a lost frame. */
    void conceal(ChannelReader frame, short[] out, int at) {
        frame.signalType = previousSignalType;
        concealment.conceal(frame, out, at);
        losses++;
        finish(frame, out, at);
        parameters.resetGain();
    }

    private void finish(ChannelReader frame, short[] out, int at) {
        int length = frame.frameLength;
        int kept = 20 * rate - length;
        System.arraycopy(history, length, history, 0, kept);
        System.arraycopy(out, at, history, kept, length);
        noise.add(frame, out, at);
        fadeIn.run(losses > 0, out, at, length);
        previousLag = parameters.lags[frame.subframes - 1];
    }

    private void excite(ChannelReader frame, int[] pulses) {
        int offset = OFFSETS[frame.signalType >> 1][frame.offsetType] << 4;
        int seed = frame.seed;
        for (int i = 0; i < frame.frameLength; i++) {
            seed = FixedPoint.random(seed);
            int pulse = pulses[i];
            int value = (pulse << 14) - Integer.signum(pulse) * LEVEL_ADJUSTMENT + offset;
            excitation[i] = seed < 0 ? -value : value;
            seed += pulse;
        }
    }

    private void synthesize(ChannelReader frame, short[] out, int at) {
        int length = frame.subframeLength();
        int rounding = frame.order() >> 1;
        predictor.load(memory);
        int position = 20 * rate;
        for (int k = 0; k < frame.subframes; k++) {
            int gain = parameters.gains[k];
            int adjustment = ONE;
            if (gain != previousGain) {
                adjustment = FixedPoint.divide(previousGain, gain, 16);
                predictor.scale(adjustment);
                previousGain = gain;
            }
            int[] source = excitation;
            int from = k * length;
            if (isVoiced(frame, k)) {
                rescale(frame, k, position, adjustment, out, at);
                predictLongTerm(k, position, length);
                position += length;
                source = excited;
                from = 0;
            }
            predictor.run(parameters.coefficients[k >> 1], rounding, source, from, length);
            predictor.write(gain >> 6, length, out, at + k * length);
            predictor.advance(length);
        }
        predictor.save(memory, 0);
    }

    /** Also goes on with the pitch for 10 ms when a loss hid that voice ends. */
    private boolean isVoiced(ChannelReader frame, int k) {
        if (frame.signalType == ChannelReader.VOICED) {
            return true;
        }
        if (losses == 0 || previousSignalType != ChannelReader.VOICED || k >= ChannelReader.SUBFRAMES / 2) {
            return false;
        }
        int tap = k * Parameters.TAPS;
        Arrays.fill(parameters.taps, tap, tap + Parameters.TAPS, (short) 0);
        parameters.taps[tap + Parameters.TAPS / 2] = QUARTER;
        parameters.lags[k] = previousLag;
        return true;
    }

    /** Brings the long-term predictor's memory to this subframe's gain and filter. */
    private void rescale(ChannelReader frame, int k, int position, int adjustment, short[] out, int at) {
        int memoryLength = 20 * rate;
        int count = parameters.lags[k] + Parameters.TAPS / 2;
        if (k == 0 || (k == 2 && frame.interpolation < 4)) {
            int length = frame.subframeLength();
            int start = memoryLength - count - frame.order();
            if (k == 2) {
                System.arraycopy(out, at, history, memoryLength, 2 * length);
            }
            LinearPrediction.residual(
                    residual,
                    start,
                    history,
                    start + k * length,
                    parameters.coefficients[k >> 1],
                    memoryLength - start,
                    frame.order());
            int inverse = FixedPoint.inverse(parameters.gains[k], 47);
            if (k == 0) {
                inverse = FixedPoint.mulWB(inverse, parameters.scale) << 2;
            }
            for (int i = 1; i <= count; i++) {
                longTerm[position - i] = FixedPoint.mulWB(inverse, residual[memoryLength - i]);
            }
        } else if (adjustment != ONE) {
            for (int i = 1; i <= count; i++) {
                longTerm[position - i] = FixedPoint.mulWW(adjustment, longTerm[position - i]);
            }
        }
    }

    private void predictLongTerm(int k, int position, int length) {
        short[] taps = parameters.taps;
        int tap = k * Parameters.TAPS;
        int past = position - parameters.lags[k] + Parameters.TAPS / 2;
        for (int i = 0; i < length; i++) {
            int sum = 2;
            for (int j = 0; j < Parameters.TAPS; j++) {
                sum += FixedPoint.mulWB(longTerm[past + i - j], taps[tap + j]);
            }
            excited[i] = excitation[k * length + i] + (sum << 1);
            longTerm[position + i] = excited[i] << 1;
        }
    }
}
