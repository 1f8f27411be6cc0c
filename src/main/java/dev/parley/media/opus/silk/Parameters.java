package dev.parley.media.opus.silk;

import dev.parley.media.opus.silk.filter.FixedPoint;
import dev.parley.media.opus.silk.filter.LineSpectrum;
import dev.parley.media.opus.silk.filter.LinearPrediction;
import dev.parley.media.opus.table.Tables;
import java.util.Arrays;

/** The filters and gains of one SILK frame, of its indices (libopus silk/decode_parameters.c, gain_quant.c, decode_pitch.c). */
final class Parameters {
    static final int TAPS = 5;

    private static final int GAIN_AFTER_RESET = 10;
    private static final int MIN_DELTA = -4;
    private static final int MAX_DELTA = 36;
    private static final int GAIN_LEVELS = 64;
    private static final int GAIN_STEP = 65_536 * ((88 - 2) * 128 / 6) / (GAIN_LEVELS - 1);
    private static final int GAIN_OFFSET = 2 * 128 / 6 + 16 * 128;
    private static final int EXPANSION_AFTER_LOSS = 63_570;

    private static final short[] SCALES = Tables.SILK.row("longTermScales");
    private static final short[] LAGS = Tables.SILK.row("pitchLags");
    private static final short[] LAGS_NARROW = Tables.SILK.row("pitchLagsNarrow");
    private static final short[] LAGS_SHORT = Tables.SILK.row("pitchLagsShort");
    private static final short[] LAGS_SHORT_NARROW = Tables.SILK.row("pitchLagsShortNarrow");
    private static final short[][] VECTORS = {
        Tables.SILK.row("longTermTaps0"), Tables.SILK.row("longTermTaps1"), Tables.SILK.row("longTermTaps2")
    };

    private final LinearPrediction prediction;
    private final short[] frequencies = new short[LinearPrediction.MAX_ORDER];
    private final short[] interpolated = new short[LinearPrediction.MAX_ORDER];
    private int gainIndex = GAIN_AFTER_RESET;

    /** In samples, one for each subframe. */
    final int[] lags = new int[ChannelReader.SUBFRAMES];
    /** Q16, one for each subframe. */
    final int[] gains = new int[ChannelReader.SUBFRAMES];
    /** Q12, of the first and of the second half. */
    final short[][] coefficients = new short[2][LinearPrediction.MAX_ORDER];
    /** Q14, five for each subframe. */
    final short[] taps = new short[TAPS * ChannelReader.SUBFRAMES];
    /** Q14. */
    int scale;
    /** Q15, of the frame before or this one. */
    final short[] previousFrequencies = new short[LinearPrediction.MAX_ORDER];

    Parameters(LinearPrediction prediction) {
        this.prediction = prediction;
    }

    void reset() {
        gainIndex = 0;
        Arrays.fill(previousFrequencies, (short) 0);
    }

    /** After a loss, or another rate, the next gain is not far from this one. */
    void resetGain() {
        gainIndex = GAIN_AFTER_RESET;
    }

    /** Takes over what was read; {@code lost} and {@code first} tell what was before. */
    void decode(ChannelReader frame, boolean conditional, boolean lost, boolean first) {
        decodeGains(frame, conditional);
        int order = frame.order();
        LineSpectrum.decode(frequencies, frame.frequencies, frame.codebook);
        prediction.coefficients(coefficients[1], frequencies, order);
        if (first) {
            frame.interpolation = 4;
        }
        if (frame.interpolation < 4) {
            for (int i = 0; i < order; i++) {
                int difference = frequencies[i] - previousFrequencies[i];
                interpolated[i] = (short) (previousFrequencies[i] + ((frame.interpolation * difference) >> 2));
            }
            prediction.coefficients(coefficients[0], interpolated, order);
        } else {
            System.arraycopy(coefficients[1], 0, coefficients[0], 0, LinearPrediction.MAX_ORDER);
        }
        System.arraycopy(frequencies, 0, previousFrequencies, 0, order);
        if (lost) {
            LinearPrediction.expandBandwidth(coefficients[0], order, EXPANSION_AFTER_LOSS);
            LinearPrediction.expandBandwidth(coefficients[1], order, EXPANSION_AFTER_LOSS);
        }
        decodePitch(frame);
    }

    private void decodeGains(ChannelReader frame, boolean conditional) {
        for (int k = 0; k < frame.subframes; k++) {
            if (k == 0 && !conditional) {
                gainIndex = Math.max(frame.gains[0], gainIndex - 16);
            } else {
                int delta = frame.gains[k] + MIN_DELTA;
                int threshold = 2 * MAX_DELTA - GAIN_LEVELS + gainIndex;
                gainIndex += delta > threshold ? 2 * delta - threshold : delta;
            }
            gainIndex = Math.max(0, Math.min(GAIN_LEVELS - 1, gainIndex));
            gains[k] = FixedPoint.power(FixedPoint.mulWB(GAIN_STEP, gainIndex) + GAIN_OFFSET);
        }
    }

    private void decodePitch(ChannelReader frame) {
        if (frame.signalType != ChannelReader.VOICED) {
            Arrays.fill(lags, 0, frame.subframes, 0);
            Arrays.fill(taps, 0, TAPS * frame.subframes, (short) 0);
            frame.periodicity = 0;
            scale = 0;
            return;
        }
        boolean whole = frame.subframes == ChannelReader.SUBFRAMES;
        short[] contours = frame.rate == 8 ? whole ? LAGS_NARROW : LAGS_SHORT_NARROW : whole ? LAGS : LAGS_SHORT;
        int columns = contours.length / frame.subframes;
        int least = 2 * frame.rate;
        int most = 18 * frame.rate;
        short[] vectors = VECTORS[frame.periodicity];
        for (int k = 0; k < frame.subframes; k++) {
            int lag = least + frame.lag + contours[k * columns + frame.contour];
            lags[k] = Math.max(least, Math.min(most, lag));
            for (int i = 0; i < TAPS; i++) {
                taps[k * TAPS + i] = (short) (vectors[frame.taps[k] * TAPS + i] << 7);
            }
        }
        scale = SCALES[frame.scale];
    }
}
