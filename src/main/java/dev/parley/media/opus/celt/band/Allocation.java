package dev.parley.media.opus.celt.band;

import dev.parley.media.opus.range.RangeDecoder;
import dev.parley.media.opus.table.Tables;

/** How many bits each band gets, which encoder and decoder find out alike (RFC 6716 §4.3.3; libopus celt/rate.c). */
public final class Allocation {
    private static final int BANDS = Layout.BANDS;
    private static final int FRACTION = Layout.FRACTION;
    private static final int ONE_BIT = Layout.ONE_BIT;
    private static final int FINE_OFFSET = 21;
    private static final short[] INTENSITY_COST = Tables.CELT.row("fractionalLog");

    private final int[] shape = new int[BANDS];
    private final int[] fine = new int[BANDS];
    private final int[] priority = new int[BANDS];

    private int codedBands;
    private int intensity;
    private boolean dualStereo;
    private int balance;

    private final Draft draft = new Draft();
    private int start;
    private int end;
    private int channels;
    private int log;
    private int skipReserve;
    private int intensityReserve;
    private int dualReserve;
    private int total;
    private int spent;

    /** Of nothing yet. */
    public Allocation() {}

    /** For which bands, and of which frames, the next calls are. */
    public void configure(int startBand, int endBand, int channelCount, int frameLog) {
        start = startBand;
        end = endBand;
        channels = channelCount;
        log = frameLog;
        draft.configure(startBand, endBand, channelCount, frameLog);
    }

    /** Reads the boosts of single bands; answers the tilt of the whole. */
    public int readBoostsAndTrim(RangeDecoder in) {
        return draft.readBoostsAndTrim(in);
    }

    /** Deals out {@code bits} eighths. */
    public void compute(RangeDecoder in, int trim, int bits) {
        total = Math.max(bits, 0);
        skipReserve = total >= ONE_BIT ? ONE_BIT : 0;
        total -= skipReserve;
        intensityReserve = 0;
        dualReserve = 0;
        if (channels == 2) {
            intensityReserve = INTENSITY_COST[end - start];
            if (intensityReserve > total) {
                intensityReserve = 0;
            } else {
                total -= intensityReserve;
                dualReserve = total >= ONE_BIT ? ONE_BIT : 0;
                total -= dualReserve;
            }
        }
        draft.compute(shape, trim, total);
        spent = draft.spent;
        readCodedBands(in);
        readStereo(in);
        dealRest();
        splitFine();
    }

    private void readCodedBands(RangeDecoder in) {
        int floor = channels << FRACTION;
        codedBands = end;
        while (true) {
            int j = codedBands - 1;
            if (j <= draft.skipStart) {
                total += skipReserve;
                return;
            }
            int left = total - spent;
            int all = Layout.EDGES[codedBands] - Layout.EDGES[start];
            int each = left / all;
            left -= all * each;
            int rest = Math.max(left - (Layout.EDGES[j] - Layout.EDGES[start]), 0);
            int bits = shape[j] + each * Layout.width(j) + rest;
            if (bits >= Math.max(draft.least[j], floor + ONE_BIT)) {
                if (in.bit(1) != 0) {
                    return;
                }
                spent += ONE_BIT;
                bits -= ONE_BIT;
            }
            spent -= shape[j] + intensityReserve;
            if (intensityReserve > 0) {
                intensityReserve = INTENSITY_COST[j - start];
            }
            spent += intensityReserve;
            shape[j] = bits >= floor ? floor : 0;
            spent += shape[j];
            codedBands--;
        }
    }

    private void readStereo(RangeDecoder in) {
        intensity = intensityReserve > 0 ? start + (int) in.uniform(codedBands + 1 - start) : 0;
        if (intensity <= start) {
            total += dualReserve;
            dualReserve = 0;
        }
        dualStereo = dualReserve > 0 && in.bit(1) != 0;
    }

    private void dealRest() {
        int left = total - spent;
        int all = Layout.EDGES[codedBands] - Layout.EDGES[start];
        int each = left / all;
        left -= all * each;
        for (int j = start; j < codedBands; j++) {
            int more = Math.min(left, Layout.width(j));
            shape[j] += each * Layout.width(j) + more;
            left -= more;
        }
    }

    private void splitFine() {
        int stereo = channels - 1;
        int over = 0;
        for (int j = start; j < codedBands; j++) {
            int size = Layout.width(j) << log;
            int bits = shape[j] + over;
            int excess;
            if (size > 1) {
                excess = Math.max(bits - draft.caps[j], 0);
                shape[j] = bits - excess;
                fineOf(j, size);
            } else {
                excess = Math.max(0, bits - (channels << FRACTION));
                shape[j] = bits - excess;
                fine[j] = 0;
                priority[j] = 1;
            }
            if (excess > 0) {
                int more = Math.min(excess >> (stereo + FRACTION), Layout.MAX_FINE_BITS - fine[j]);
                fine[j] += more;
                int used = (more * channels) << FRACTION;
                priority[j] = used >= excess - over ? 1 : 0;
                excess -= used;
            }
            over = excess;
        }
        balance = over;
        for (int j = codedBands; j < end; j++) {
            fine[j] = shape[j] >> stereo >> FRACTION;
            shape[j] = 0;
            priority[j] = fine[j] < 1 ? 1 : 0;
        }
    }

    private void fineOf(int j, int size) {
        boolean angle = channels == 2 && size > 2 && !dualStereo && j < intensity;
        int parts = channels * size + (angle ? 1 : 0);
        int logs = parts * (Layout.LOG_WIDTHS[j] + (log << FRACTION));
        int offset = (logs >> 1) - parts * FINE_OFFSET;
        if (size == 2) {
            offset += parts << FRACTION >> 2;
        }
        if (shape[j] + offset < (parts * 2) << FRACTION) {
            offset += logs >> 2;
        } else if (shape[j] + offset < (parts * 3) << FRACTION) {
            offset += logs >> 3;
        }
        int bits = (Math.max(0, shape[j] + offset + (parts << (FRACTION - 1))) / parts) >> FRACTION;
        if (channels * bits > shape[j] >> FRACTION) {
            bits = shape[j] >> (channels - 1) >> FRACTION;
        }
        fine[j] = Math.min(bits, Layout.MAX_FINE_BITS);
        priority[j] = fine[j] * (parts << FRACTION) >= shape[j] + offset ? 1 : 0;
        shape[j] -= (channels * fine[j]) << FRACTION;
    }

    /** Eighths of bits for the shape of a band. */
    public int shape(int band) {
        return shape[band];
    }

    /** Bits for the fine energy of a band, for each channel. */
    public int fine(int band) {
        return fine[band];
    }

    /** 1 when the band's energy is fine enough already, else 0. */
    int priority(int band) {
        return priority[band];
    }

    /** The band behind the last that has bits. */
    public int codedBands() {
        return codedBands;
    }

    /** The first band of which only one channel is coded. */
    public int intensity() {
        return intensity;
    }

    /** Whether the channels are coded each for itself. */
    public boolean isDualStereo() {
        return dualStereo;
    }

    /** Eighths of bits that are left over for the bands to come. */
    public int balance() {
        return balance;
    }
}
