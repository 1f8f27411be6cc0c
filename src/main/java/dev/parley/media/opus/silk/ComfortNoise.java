package dev.parley.media.opus.silk;

import dev.parley.media.opus.silk.filter.FixedPoint;
import dev.parley.media.opus.silk.filter.Predictor;
import java.util.Arrays;

/** The sound of the room, learnt from frames without voice and added where frames are lost (libopus silk/CNG.c). */
final class ComfortNoise {
    private static final int ORDER = Synthesis.ORDER;
    private static final int MAX_MASK = 255;
    private static final int GAIN_SMOOTHING = 4_634;
    private static final int FREQUENCY_SMOOTHING = 16_348;
    private static final int SEED = 3_176_576;

    private final Synthesis voice;
    private final int[] excitation = new int[Synthesis.MAX_FRAME];
    private final int[] drawn = new int[Synthesis.MAX_FRAME];
    private final short[] frequencies = new short[ORDER];
    private final short[] coefficients = new short[ORDER];
    private final int[] memory = new int[ORDER];
    private int gain;
    private int seed;
    private int rate;

    ComfortNoise(Synthesis voice) {
        this.voice = voice;
    }

    void reset() {
        rate = 0;
        Arrays.fill(excitation, 0);
        Arrays.fill(memory, 0);
        Arrays.fill(frequencies, (short) 0);
        seed = SEED;
        gain = 0;
    }

    /** Learns of a good frame, and adds to a concealed one. */
    void add(ChannelReader frame, short[] out, int at) {
        if (rate != frame.rate) {
            int step = Short.MAX_VALUE / (frame.order() + 1);
            for (int i = 0; i < frame.order(); i++) {
                frequencies[i] = (short) (step * (i + 1));
            }
            gain = 0;
            seed = SEED;
            rate = frame.rate;
        }
        if (voice.losses == 0) {
            if (voice.previousSignalType == ChannelReader.UNVOICED_SILENCE) {
                learn(frame);
            }
            Arrays.fill(memory, 0, frame.order(), 0);
        } else {
            play(frame, out, at);
        }
    }

    private void learn(ChannelReader frame) {
        Parameters p = voice.parameters;
        for (int i = 0; i < frame.order(); i++) {
            int difference = p.previousFrequencies[i] - frequencies[i];
            frequencies[i] = (short) (frequencies[i] + FixedPoint.mulWB(difference, FREQUENCY_SMOOTHING));
        }
        int loudest = 0;
        int largest = 0;
        for (int i = 0; i < frame.subframes; i++) {
            if (p.gains[i] > largest) {
                largest = p.gains[i];
                loudest = i;
            }
        }
        int length = frame.subframeLength();
        System.arraycopy(excitation, 0, excitation, length, (frame.subframes - 1) * length);
        System.arraycopy(voice.excitation, loudest * length, excitation, 0, length);
        for (int i = 0; i < frame.subframes; i++) {
            gain += FixedPoint.mulWB(p.gains[i] - gain, GAIN_SMOOTHING);
        }
    }

    private void play(ChannelReader frame, short[] out, int at) {
        int length = frame.frameLength;
        int amplitude = amplitude() >> 6;
        draw(length);
        voice.prediction.coefficients(coefficients, frequencies, frame.order());
        Predictor predictor = voice.predictor;
        predictor.load(memory);
        predictor.run(coefficients, frame.order() >> 1, drawn, 0, length);
        for (int i = 0; i < length; i++) {
            out[at + i] = (short) FixedPoint.saturate16(out[at + i] + predictor.sample(i, amplitude));
        }
        predictor.save(memory, length);
    }

    /** What the concealment's own noise leaves over, Q16. */
    private int amplitude() {
        int own = FixedPoint.mulWW(voice.concealment.noiseScale(), voice.concealment.lastGain());
        if (own >= 1 << 21 || gain > 1 << 23) {
            int rest = FixedPoint.mulTT(gain, gain) - (FixedPoint.mulTT(own, own) << 5);
            return FixedPoint.squareRoot(rest) << 16;
        }
        int rest = FixedPoint.mulWW(gain, gain) - (FixedPoint.mulWW(own, own) << 5);
        return FixedPoint.squareRoot(rest) << 8;
    }

    private void draw(int length) {
        int mask = MAX_MASK;
        while (mask > length) {
            mask >>= 1;
        }
        for (int i = 0; i < length; i++) {
            seed = FixedPoint.random(seed);
            drawn[i] = excitation[seed >> 24 & mask];
        }
    }
}
