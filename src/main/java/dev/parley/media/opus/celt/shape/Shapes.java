package dev.parley.media.opus.celt.shape;

import dev.parley.media.opus.celt.band.Allocation;
import dev.parley.media.opus.celt.band.BandEnergy;
import dev.parley.media.opus.celt.band.Layout;
import dev.parley.media.opus.range.RangeDecoder;

/** The shapes of all bands of a frame (RFC 6716 §4.3.4; libopus celt/bands.c, quant_all_bands and anti_collapse). */
public final class Shapes {
    private static final int FRACTION = Layout.FRACTION;
    private static final int NONE = ShapeState.NONE;
    private static final short[] EDGES = Layout.EDGES;

    private final ShapeState state = new ShapeState();
    private final BandReader reader = new BandReader(state);
    private final int[] masks = new int[2 * Layout.BANDS];

    private int start;
    private int channels;
    private int shorts;
    private int scale;
    private int lowBand;
    private boolean dual;
    private int lowMaskX;
    private int lowMaskY;

    /** Of nothing yet. */
    public Shapes() {}

    /** The vectors: the first channel's bands, and as many samples further the second one's. */
    public float[] vectors() {
        return state.v;
    }

    /**
     * What follows is a frame of 120 &lt;&lt; log samples.
     *
     * @param spread how widely its few pulses are spread, 0 … 3
     */
    public void begin(int log, int spread, int seed) {
        state.log = log;
        state.spread = spread;
        state.seed = seed;
    }

    /** Fills the first channel's bands with noise of length 1; answers the seed after it. */
    public int fillWithNoise(int from, int end, int log, int seed) {
        state.seed = seed;
        for (int i = from; i < end; i++) {
            int x = EDGES[i] << log;
            int n = Layout.width(i) << log;
            for (int j = x; j < x + n; j++) {
                state.v[j] = state.random() >> 20;
            }
            state.normalize(x, n, 1);
        }
        return state.seed;
    }

    /**
     * Reads all bands.
     *
     * @param changes between time and frequency, by band
     * @param total eighths of bits of the frame
     */
    public void read(
            RangeDecoder in,
            Allocation allocation,
            int[] changes,
            int startBand,
            int end,
            int channelCount,
            boolean shortBlocks,
            int total) {
        start = startBand;
        channels = channelCount;
        scale = 1 << state.log;
        shorts = shortBlocks ? scale : 1;
        lowBand = 0;
        dual = allocation.isDualStereo();
        state.in = in;
        state.intensity = allocation.intensity();
        int balance = allocation.balance();
        boolean updateLow = true;
        for (int i = start; i < end; i++) {
            state.band = i;
            int n = scale * Layout.width(i);
            int tell = in.tellEighths();
            if (i != start) {
                balance -= tell;
            }
            int remaining = total - tell - 1;
            state.remaining = remaining;
            int bits = 0;
            if (i < allocation.codedBands()) {
                int share = balance / Math.min(3, allocation.codedBands() - i);
                bits = Math.max(0, Math.min(16_383, Math.min(remaining + 1, allocation.shape(i) + share)));
            }
            boolean wholeBelow = scale * EDGES[i] - n >= scale * EDGES[start] || i == start + 1;
            if (wholeBelow && (updateLow || lowBand == 0)) {
                lowBand = i;
            }
            if (i == start + 1) {
                foldFirstBand();
            }
            state.timeFrequency = changes[i];
            readBand(i, n, bits, i == end - 1);
            balance += allocation.shape(i) + tell;
            updateLow = bits > n << FRACTION;
        }
    }

    private void readBand(int i, int n, int bits, boolean last) {
        int x = scale * EDGES[i];
        int y = x + scale * Layout.SHORT_SIZE;
        int offset = x - scale * EDGES[start];
        int low = findLow(i, n);
        if (dual && i == state.intensity) {
            dual = false;
            float[] v = state.v;
            for (int j = 0; j < offset; j++) {
                v[ShapeState.NORM + j] = 0.5f * (v[ShapeState.NORM + j] + v[ShapeState.NORM_2 + j]);
            }
        }
        int scratch = last ? NONE : scale * EDGES[Layout.BANDS - 1];
        int out = last ? NONE : ShapeState.NORM + offset;
        int lowX = low == NONE ? NONE : ShapeState.NORM + low;
        int maskX;
        int maskY;
        if (dual) {
            int lowY = low == NONE ? NONE : ShapeState.NORM_2 + low;
            int outY = last ? NONE : ShapeState.NORM_2 + offset;
            maskX = reader.read(x, n, bits / 2, shorts, lowX, out, 1, scratch, lowMaskX);
            maskY = reader.read(y, n, bits / 2, shorts, lowY, outY, 1, scratch, lowMaskY);
        } else {
            int fill = lowMaskX | lowMaskY;
            maskX = channels == 2
                    ? reader.readStereo(x, y, n, bits, shorts, lowX, out, scratch, fill)
                    : reader.read(x, n, bits, shorts, lowX, out, 1, scratch, fill);
            maskY = maskX;
        }
        masks[i * channels] = maskX;
        masks[i * channels + channels - 1] = maskY;
    }

    /** Where among the normalised bands the one begins that this is folded of, and which of its blocks have energy. */
    private int findLow(int i, int n) {
        if (lowBand == 0 || (state.spread == Pulses.AGGRESSIVE_SPREAD && shorts == 1 && state.timeFrequency >= 0)) {
            lowMaskX = (1 << shorts) - 1;
            lowMaskY = lowMaskX;
            return NONE;
        }
        int offset = scale * EDGES[start];
        int low = Math.max(0, scale * EDGES[lowBand] - offset - n);
        int first = lowBand - 1;
        while (scale * EDGES[first] > low + offset) {
            first--;
        }
        int last = lowBand;
        while (last < i && scale * EDGES[last] < low + offset + n) {
            last++;
        }
        lowMaskX = 0;
        lowMaskY = 0;
        for (int j = first; j < last; j++) {
            lowMaskX |= masks[j * channels];
            lowMaskY |= masks[j * channels + channels - 1];
        }
        return low;
    }

    /** The second band of hybrid frames is wider than the first, and folded of it nevertheless. */
    private void foldFirstBand() {
        int first = scale * Layout.width(start);
        int second = scale * Layout.width(start + 1);
        float[] v = state.v;
        int from = 2 * first - second;
        System.arraycopy(v, ShapeState.NORM + from, v, ShapeState.NORM + first, second - first);
        if (dual) {
            System.arraycopy(v, ShapeState.NORM_2 + from, v, ShapeState.NORM_2 + first, second - first);
        }
    }

    /** Blocks of a transient that lost all energy get noise, as loud as the frames before allow. */
    public void fillCollapsed(BandEnergy energy, Allocation allocation, int end) {
        for (int i = start; i < end; i++) {
            int width = Layout.width(i);
            int depth = ((1 + allocation.shape(i)) / width) >> state.log;
            float most = 0.5f * (float) Math.pow(2, -0.125f * depth);
            float one = 1 / (float) Math.sqrt(width << state.log);
            for (int c = 0; c < channels; c++) {
                float rise = energy.rise(c, i, channels);
                float level = 2 * (float) Math.pow(2, -rise) * (state.log == 3 ? (float) Math.sqrt(2) : 1);
                int x = c * scale * Layout.SHORT_SIZE + (EDGES[i] << state.log);
                fillCollapsed(x, width, masks[i * channels + c], Math.min(most, level) * one);
            }
        }
    }

    private void fillCollapsed(int x, int width, int mask, float level) {
        boolean filled = false;
        for (int k = 0; k < scale; k++) {
            if ((mask & 1 << k) == 0) {
                for (int j = 0; j < width; j++) {
                    state.v[x + (j << state.log) + k] = (state.random() & 0x8000) != 0 ? level : -level;
                }
                filled = true;
            }
        }
        if (filled) {
            state.normalize(x, width << state.log, 1);
        }
    }
}
