package dev.parley.media.opus.celt.band;

import dev.parley.media.opus.range.RangeDecoder;
import dev.parley.media.opus.table.Tables;

/**
 * A first draft of how many bits each band gets: a mix of two of CELT's prototypes, tilted, with boosts of single bands
 * (RFC 6716 §4.3.3; libopus celt/rate.c and the part of celt_decoder.c before it).
 */
final class Draft {
    private static final int BANDS = Layout.BANDS;
    private static final int FRACTION = Layout.FRACTION;
    private static final int VECTORS = 11;
    private static final int STEPS = 6;
    private static final short[] VECTOR = Tables.CELT.row("allocation");
    private static final short[] TRIM = Tables.CELT.row("trim");

    /** Eighths of bits of each band at the most. */
    final int[] caps = new int[BANDS];
    /** Eighths of bits below which a band is not worth coding. */
    final int[] least = new int[BANDS];
    /** Bands up to this one are never skipped. */
    int skipStart;
    /** Eighths of bits of all bands. */
    int spent;

    private final int[] boosts = new int[BANDS];
    private final int[] tilt = new int[BANDS];
    private final int[] base = new int[BANDS];
    private final int[] span = new int[BANDS];
    private int start;
    private int end;
    private int channels;
    private int log;
    private int total;

    /** For which bands, and of which frames, the next calls are. */
    void configure(int startBand, int endBand, int channelCount, int frameLog) {
        start = startBand;
        end = endBand;
        channels = channelCount;
        log = frameLog;
        for (int i = 0; i < BANDS; i++) {
            caps[i] = Layout.cap(i, log, channels);
        }
    }

    /** Reads the boosts of single bands; answers the tilt of the whole. */
    int readBoostsAndTrim(RangeDecoder in) {
        int budget = (in.length() * 8) << FRACTION;
        int first = 6;
        int tell = in.tellEighths();
        for (int i = start; i < end; i++) {
            int width = (channels * Layout.width(i)) << log;
            int quantum = Math.min(width << FRACTION, Math.max(6 << FRACTION, width));
            int cost = first;
            int boost = 0;
            while (tell + (cost << FRACTION) < budget && boost < caps[i]) {
                int more = in.bit(cost);
                tell = in.tellEighths();
                if (more == 0) {
                    break;
                }
                boost += quantum;
                budget -= quantum;
                cost = 1;
            }
            boosts[i] = boost;
            if (boost > 0) {
                first = Math.max(2, first - 1);
            }
        }
        return tell + (6 << FRACTION) <= budget ? in.symbol(TRIM, 0, 7) : 5;
    }

    /** Deals out {@code bits} eighths to {@code shape}. */
    void compute(int[] shape, int trim, int bits) {
        total = bits;
        skipStart = start;
        for (int j = start; j < end; j++) {
            int width = Layout.width(j);
            least[j] = Math.max(channels << FRACTION, ((3 * width) << log << FRACTION) >> 4);
            tilt[j] = (channels * width * (trim - 5 - log) * (end - j - 1) * (1 << (log + FRACTION))) >> 6;
            if (width << log == 1) {
                tilt[j] -= channels << FRACTION;
            }
        }
        chooseVectors(shape);
        spent = mix(shape, interpolate(shape));
    }

    private void chooseVectors(int[] shape) {
        int low = 1;
        int high = VECTORS - 1;
        do {
            int middle = (low + high) >> 1;
            if (sumOfVector(shape, middle) > total) {
                high = middle - 1;
            } else {
                low = middle + 1;
            }
        } while (low <= high);
        high = low--;
        for (int j = start; j < end; j++) {
            int lower = vector(low, j);
            int upper = vector(high, j) + boosts[j];
            lower += low > 0 ? boosts[j] : 0;
            if (boosts[j] > 0) {
                skipStart = j;
            }
            base[j] = lower;
            span[j] = Math.max(0, upper - lower);
        }
    }

    /** Behind the last prototype, as much as each band can use. */
    private int vector(int number, int j) {
        int bits = number < VECTORS ? (channels * Layout.width(j) * VECTOR[number * BANDS + j]) << log >> 2 : caps[j];
        return bits > 0 ? Math.max(0, bits + tilt[j]) : bits;
    }

    private int sumOfVector(int[] shape, int number) {
        for (int j = start; j < end; j++) {
            shape[j] = vector(number, j) + boosts[j];
        }
        return settle(shape);
    }

    private int interpolate(int[] shape) {
        int low = 0;
        int high = 1 << STEPS;
        for (int i = 0; i < STEPS; i++) {
            int middle = (low + high) >> 1;
            if (mix(shape, middle) > total) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return low;
    }

    /** Deals out so many 64ths of the way from the lower of the two prototypes to the upper; answers the sum. */
    private int mix(int[] shape, int part) {
        for (int j = start; j < end; j++) {
            shape[j] = base[j] + ((part * span[j]) >> STEPS);
        }
        return settle(shape);
    }

    /** Leaves the bands behind the last that is worth coding a bit for each channel or nothing; answers the sum. */
    private int settle(int[] shape) {
        int floor = channels << FRACTION;
        int sum = 0;
        boolean done = false;
        for (int j = end - 1; j >= start; j--) {
            int bits = shape[j];
            if (bits >= least[j] || done) {
                done = true;
                shape[j] = Math.min(bits, caps[j]);
            } else {
                shape[j] = bits >= floor ? floor : 0;
            }
            sum += shape[j];
        }
        return sum;
    }
}
