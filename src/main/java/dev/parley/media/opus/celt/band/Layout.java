package dev.parley.media.opus.celt.band;

import dev.parley.media.opus.table.Tables;

/** CELT's bands and what is known of each before decoding (libopus celt/modes.c, rate.h). */
public final class Layout {
    /** How many. */
    public static final int BANDS = 21;
    /** Eighths of bits are counted. */
    public static final int FRACTION = 3;

    /** One bit, in its fractions. */
    public static final int ONE_BIT = 1 << FRACTION;

    static final int MAX_FINE_BITS = 8;
    /** Samples of the shortest frame. */
    public static final int SHORT_SIZE = 120;
    /** Samples of the longest frame. */
    public static final int LONG_SIZE = SHORT_SIZE << 3;

    /** Where each band begins, for the shortest frame. */
    public static final short[] EDGES = Tables.CELT.row("bands");
    /** Logarithm of each band's width, in eighths. */
    public static final short[] LOG_WIDTHS = Tables.CELT.row("logSizes");

    private static final short[] CACHE_INDEX = Tables.CELT.row("cacheIndex");
    private static final short[] CACHE = Tables.CELT.row("cacheBits");
    private static final short[] CAPS = Tables.CELT.row("cacheCaps");
    private static final int SEARCH_STEPS = 6;

    private Layout() {}

    /** Of the shortest frame. */
    public static int width(int band) {
        return EDGES[band + 1] - EDGES[band];
    }

    /** Eighths of bits that a band can use at the most. */
    static int cap(int band, int log, int channels) {
        int width = width(band) << log;
        return ((CAPS[BANDS * (2 * log + channels - 1) + band] + 64) * channels * width) >> 2;
    }

    /** Pulses that a number stands for. */
    public static int pulses(int number) {
        return number < 8 ? number : (8 + (number & 7)) << ((number >> 3) - 1);
    }

    /** Eighths of bits that the most pulses of this part of a band need; log is -1 … 3. */
    public static int mostBits(int band, int log) {
        int at = cache(band, log);
        return CACHE[at + CACHE[at]];
    }

    /** The number of pulses that is nearest to so many eighths of bits. */
    public static int numberFor(int band, int log, int bits) {
        int at = cache(band, log);
        int low = 0;
        int high = CACHE[at];
        int wanted = bits - 1;
        for (int i = 0; i < SEARCH_STEPS; i++) {
            int middle = (low + high + 1) >> 1;
            if (CACHE[at + middle] >= wanted) {
                high = middle;
            } else {
                low = middle;
            }
        }
        int below = low == 0 ? -1 : CACHE[at + low];
        return wanted - below <= CACHE[at + high] - wanted ? low : high;
    }

    /** Eighths of bits that a number of pulses needs. */
    public static int bitsOf(int band, int log, int number) {
        return number == 0 ? 0 : CACHE[cache(band, log) + number] + 1;
    }

    private static int cache(int band, int log) {
        return CACHE_INDEX[(log + 1) * BANDS + band];
    }
}
