package dev.parley.media.opus.celt.shape;

import dev.parley.media.opus.celt.band.Layout;

/**
 * How the energy of a vector is split between two halves, or between middle and side (RFC 6716 §4.3.4.3; libopus
 * celt/bands.c, compute_theta). Integers throughout, because the bits that follow depend on it.
 */
final class Angle {
    static final int RIGHT = 16_384;

    private static final int FRACTION = Layout.FRACTION;
    private static final int OFFSET = 4;
    private static final int OFFSET_OF_TWO = 16;
    private static final int[] POWERS = {16_384, 17_866, 19_483, 21_247, 23_170, 25_267, 27_554, 30_048};

    private final ShapeState state;

    /** In: eighths of bits for the vector. Out: those that are left. */
    int bits;
    /** In: which blocks may be filled by folding. Out: those that have energy at all. */
    int fill;

    /** 0 … {@link #RIGHT}. */
    int theta;

    /** Q15. */
    int cosine;
    /** Q15. */
    int sine;
    /** By how many eighths of bits the halves differ. */
    int delta;
    /** Eighths of bits that this has cost. */
    int cost;

    Angle(ShapeState state) {
        this.state = state;
    }

    /** Reads the angle between two vectors of {@code n} in {@code blocks}, before the split {@code blocksBefore}. */
    void read(int n, int blocks, int blocksBefore, int log, boolean stereo) {
        int cap = Layout.LOG_WIDTHS[state.band] + (log << FRACTION);
        int offset = (cap >> 1) - (stereo && n == 2 ? OFFSET_OF_TWO : OFFSET);
        int steps = stereo && state.band >= state.intensity ? 1 : steps(n, offset, cap, stereo);
        int before = state.in.tellEighths();
        theta = 0;
        if (steps != 1) {
            if (stereo && n > 2) {
                theta = readStepped(steps);
            } else if (blocksBefore > 1 || stereo) {
                theta = (int) state.in.uniform(steps + 1);
            } else {
                theta = readTriangular(steps);
            }
            theta = theta * RIGHT / steps;
        } else if (stereo && bits > 2 << FRACTION && state.remaining > 2 << FRACTION) {
            // Whether the side is inverted, which mono sound has no use for.
            state.in.bit(2);
        }
        cost = state.in.tellEighths() - before;
        bits -= cost;
        derive(n, blocks);
    }

    private void derive(int n, int blocks) {
        if (theta == 0) {
            cosine = 32_767;
            sine = 0;
            fill &= (1 << blocks) - 1;
            delta = -RIGHT;
        } else if (theta == RIGHT) {
            cosine = 0;
            sine = 32_767;
            fill &= ((1 << blocks) - 1) << blocks;
            delta = RIGHT;
        } else {
            cosine = cosine(theta);
            sine = cosine(RIGHT - theta);
            delta = multiply((n - 1) << 7, logTangent(sine, cosine));
        }
    }

    private int steps(int n, int offset, int cap, boolean stereo) {
        int parts = 2 * n - 1 - (stereo && n == 2 ? 1 : 0);
        int eighths = (bits + parts * offset) / parts;
        eighths = Math.min(bits - cap - (4 << FRACTION), eighths);
        eighths = Math.min(8 << FRACTION, eighths);
        if (eighths < Layout.ONE_BIT >> 1) {
            return 1;
        }
        int steps = POWERS[eighths & 7] >> (14 - (eighths >> FRACTION));
        return (steps + 1) >> 1 << 1;
    }

    /** The first half is three times as probable as the second. */
    private int readStepped(int steps) {
        int half = steps / 2;
        int knee = 3 * (half + 1);
        int total = knee + half;
        int at = state.in.position(total);
        int x = at < knee ? at / 3 : half + 1 + at - knee;
        int low = x <= half ? 3 * x : x - 1 - half + knee;
        state.in.update(low, x <= half ? low + 3 : low + 1, total);
        return x;
    }

    /** Even angles are the most probable. */
    private int readTriangular(int steps) {
        int half = steps >> 1;
        int total = (half + 1) * (half + 1);
        int at = state.in.position(total);
        int x;
        int low;
        int size;
        if (at < (half * (half + 1)) >> 1) {
            x = (squareRoot(8 * at + 1) - 1) >> 1;
            size = x + 1;
            low = (x * (x + 1)) >> 1;
        } else {
            x = (2 * (steps + 1) - squareRoot(8 * (total - at - 1) + 1)) >> 1;
            size = steps + 1 - x;
            low = total - (((steps + 1 - x) * (steps + 2 - x)) >> 1);
        }
        state.in.update(low, low + size, total);
        return x;
    }

    /** Exact, because the number is far below 2^24. */
    private static int squareRoot(int x) {
        return (int) Math.sqrt(x);
    }

    private static int multiply(int a, int b) {
        return (16_384 + (short) a * (short) b) >> 15;
    }

    /** Cosine of a quarter turn's part, Q15, alike on every machine. */
    private static int cosine(int x) {
        int square = (4_096 + x * x) >> 13;
        int inner = multiply(square, 8_277 + multiply(-626, square));
        return 1 + 32_767 - square + multiply(square, -7_651 + inner);
    }

    private static int logTangent(int sine, int cosine) {
        int cosineLog = 32 - Integer.numberOfLeadingZeros(cosine);
        int sineLog = 32 - Integer.numberOfLeadingZeros(sine);
        int c = cosine << (15 - cosineLog);
        int s = sine << (15 - sineLog);
        return ((sineLog - cosineLog) << 11)
                + multiply(s, multiply(s, -2_597) + 7_932)
                - multiply(c, multiply(c, -2_597) + 7_932);
    }
}
