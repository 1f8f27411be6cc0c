package dev.parley.media.opus.silk;

import dev.parley.media.opus.range.RangeDecoder;
import dev.parley.media.opus.silk.filter.Codebook;
import dev.parley.media.opus.silk.filter.LinearPrediction;
import dev.parley.media.opus.table.Tables;
import java.util.Arrays;

/** What SILK frames of one channel say besides their excitation (RFC 6716 §4.2.7; libopus silk/decode_indices.c). */
final class ChannelReader {
    static final int UNVOICED_SILENCE = 0;
    static final int VOICED = 2;
    static final int INDEPENDENT = 0;
    static final int INDEPENDENT_UNSCALED = 1;
    static final int CONDITIONAL = 2;
    static final int MAX_FRAMES = 3;
    static final int SUBFRAMES = 4;

    private static final short[] TYPE_ACTIVE = Tables.SILK.row("typeActive");
    private static final short[] TYPE_INACTIVE = Tables.SILK.row("typeInactive");
    private static final short[] GAIN = Tables.SILK.row("gain");
    private static final short[] DELTA_GAIN = Tables.SILK.row("deltaGain");
    private static final short[] EXTENSION = Tables.SILK.row("frequencyExtension");
    private static final short[] INTERPOLATION = Tables.SILK.row("interpolation");
    private static final short[] PITCH_LAG = Tables.SILK.row("pitchLag");
    private static final short[] PITCH_DELTA = Tables.SILK.row("pitchDelta");
    private static final short[] PERIODICITY = Tables.SILK.row("longTermPeriodicity");
    private static final short[] SCALE = Tables.SILK.row("longTermScale");
    private static final short[] UNIFORM_4 = Tables.SILK.row("uniform4");
    private static final short[] UNIFORM_6 = Tables.SILK.row("uniform6");
    private static final short[] UNIFORM_8 = Tables.SILK.row("uniform8");
    private static final short[] FLAGS_2 = Tables.SILK.row("redundantFlags2");
    private static final short[] FLAGS_3 = Tables.SILK.row("redundantFlags3");
    private static final short[] CONTOUR = Tables.SILK.row("pitchContour");
    private static final short[] CONTOUR_NARROW = Tables.SILK.row("pitchContourNarrow");
    private static final short[] CONTOUR_SHORT = Tables.SILK.row("pitchContourShort");
    private static final short[] CONTOUR_SHORT_NARROW = Tables.SILK.row("pitchContourShortNarrow");
    private static final short[][] TAPS = {
        Tables.SILK.row("longTermGain0"), Tables.SILK.row("longTermGain1"), Tables.SILK.row("longTermGain2")
    };

    /** Thousands of samples in a second: 8, 12 or 16; 0 before the first packet. */
    int rate;

    int subframes = SUBFRAMES;
    int frameLength;
    int framesPerPacket = 1;
    int framesDecoded;
    Codebook codebook = Codebook.NARROW;

    private final int[] active = new int[MAX_FRAMES];
    private final int[] redundant = new int[MAX_FRAMES];
    private int anyRedundant;

    int signalType;
    int offsetType;
    final int[] gains = new int[SUBFRAMES];
    final int[] frequencies = new int[LinearPrediction.MAX_ORDER + 1];
    int interpolation;
    int lag;
    int contour;
    int periodicity;
    final int[] taps = new int[SUBFRAMES];
    int scale;
    int seed;

    private int previousSignalType;
    private int previousLag;

    /** As new. */
    void reset() {
        rate = 0;
        frameLength = 0;
        framesDecoded = 0;
        signalType = UNVOICED_SILENCE;
        previousSignalType = UNVOICED_SILENCE;
        previousLag = 0;
        Arrays.fill(active, 0);
        Arrays.fill(redundant, 0);
    }

    /** Prepares for a packet, or a lost piece, of so many milliseconds. */
    void configure(int khz, int millis) {
        framesPerPacket = Math.max(1, millis / 20);
        subframes = millis <= 10 ? SUBFRAMES / 2 : SUBFRAMES;
        frameLength = subframes * 5 * khz;
        rate = khz;
        codebook = khz == 16 ? Codebook.WIDE : Codebook.NARROW;
    }

    int subframeLength() {
        return 5 * rate;
    }

    int order() {
        return codebook.order();
    }

    /** Reads the flags of all frames of a packet. */
    void flags(RangeDecoder in) {
        for (int i = 0; i < framesPerPacket; i++) {
            active[i] = in.bit(1);
        }
        anyRedundant = in.bit(1);
    }

    /** Reads which frames of the packet before are here again. */
    void redundantFlags(RangeDecoder in) {
        Arrays.fill(redundant, 0);
        if (anyRedundant != 0) {
            int bits = 1;
            if (framesPerPacket > 1) {
                bits = in.symbol(framesPerPacket == 2 ? FLAGS_2 : FLAGS_3) + 1;
            }
            for (int i = 0; i < framesPerPacket; i++) {
                redundant[i] = bits >> i & 1;
            }
        }
    }

    boolean isRedundant(int frame) {
        return redundant[frame] != 0;
    }

    boolean isActive(int frame) {
        return active[frame] != 0;
    }

    /** Reads one frame. */
    void read(RangeDecoder in, int frame, boolean redundantFrame, int coding) {
        int type = redundantFrame || isActive(frame) ? in.symbol(TYPE_ACTIVE) + 2 : in.symbol(TYPE_INACTIVE);
        signalType = type >> 1;
        offsetType = type & 1;
        readGains(in, coding);
        readFrequencies(in);
        if (signalType == VOICED) {
            readPitch(in, coding);
        }
        previousSignalType = signalType;
        seed = in.symbol(UNIFORM_4);
    }

    private void readGains(RangeDecoder in, int coding) {
        if (coding == CONDITIONAL) {
            gains[0] = in.symbol(DELTA_GAIN);
        } else {
            gains[0] = in.symbol(GAIN, signalType * 8, 8) << 3;
            gains[0] += in.symbol(UNIFORM_8);
        }
        for (int i = 1; i < subframes; i++) {
            gains[i] = in.symbol(DELTA_GAIN);
        }
    }

    private void readFrequencies(RangeDecoder in) {
        int vector = in.symbol(codebook.first(), Codebook.firstAt(signalType), 8);
        frequencies[0] = vector;
        for (int i = 0; i < codebook.order(); i++) {
            int offset = in.symbol(codebook.second(), codebook.secondAt(vector, i), 8);
            if (offset == 0) {
                offset -= in.symbol(EXTENSION);
            } else if (offset == 8) {
                offset += in.symbol(EXTENSION);
            }
            frequencies[i + 1] = offset - 4;
        }
        interpolation = subframes == SUBFRAMES ? in.symbol(INTERPOLATION) : 4;
    }

    private void readPitch(RangeDecoder in, int coding) {
        int delta = 0;
        if (coding == CONDITIONAL && previousSignalType == VOICED) {
            delta = in.symbol(PITCH_DELTA);
        }
        if (delta > 0) {
            lag = (short) (previousLag + delta - 9);
        } else {
            lag = in.symbol(PITCH_LAG) * (rate >> 1);
            lag += in.symbol(rate == 16 ? UNIFORM_8 : rate == 12 ? UNIFORM_6 : UNIFORM_4);
        }
        previousLag = lag;
        contour = in.symbol(contours());
        periodicity = in.symbol(PERIODICITY);
        for (int i = 0; i < subframes; i++) {
            taps[i] = in.symbol(TAPS[periodicity]);
        }
        scale = coding == INDEPENDENT ? in.symbol(SCALE) : 0;
    }

    private short[] contours() {
        if (subframes == SUBFRAMES) {
            return rate == 8 ? CONTOUR_NARROW : CONTOUR;
        }
        return rate == 8 ? CONTOUR_SHORT_NARROW : CONTOUR_SHORT;
    }
}
