package dev.parley.media.opus.silk.filter;

/** SILK's arithmetic of 32 bits, where overflow wraps unless a name says otherwise (libopus silk/macros.h, SigProc_FIX.h). */
public final class FixedPoint {
    private FixedPoint() {}

    /** a times the low 16 bits of b, signed, without the lowest 16 bits. */
    public static int mulWB(int a, int b) {
        return (int) (((long) a * (short) b) >> 16);
    }

    /** a times b, without the lowest 16 bits. */
    public static int mulWW(int a, int b) {
        return (int) (((long) a * b) >> 16);
    }

    /** a times b, without the lowest 32 bits. */
    public static int mulHigh(int a, int b) {
        return (int) (((long) a * b) >> 32);
    }

    /** The low 16 bits of both, signed, multiplied. */
    public static int mulBB(int a, int b) {
        return (short) a * (short) b;
    }

    /** The high 16 bits of both, multiplied. */
    public static int mulTT(int a, int b) {
        return (a >> 16) * (b >> 16);
    }

    /** a / 2^shift, rounded; shift is 1 … 31. */
    public static int shiftRound(int a, int shift) {
        return ((a >> (shift - 1)) + 1) >> 1;
    }

    /** a / 2^shift, rounded; shift is 1 … 63. */
    public static long shiftRound(long a, int shift) {
        return ((a >> (shift - 1)) + 1) >> 1;
    }

    /** The nearest number of 16 bits. */
    public static int saturate16(int a) {
        return Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, a));
    }

    /** The nearest number of 32 bits. */
    public static int saturate(long a) {
        return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, a));
    }

    /** a + b, saturated. */
    public static int addSaturated(int a, int b) {
        return saturate((long) a + b);
    }

    /** a · 2^shift, saturated at the last multiple of 2^shift; shift is 0 … 31. */
    public static int shiftLeftSaturated(int a, int shift) {
        return Math.max(Integer.MIN_VALUE >> shift, Math.min(Integer.MAX_VALUE >> shift, a)) << shift;
    }

    /** The pseudo-random number after this one. */
    public static int random(int seed) {
        return 907_633_515 + seed * 196_314_165;
    }

    /** a · 2^q / b, approximately; b is not 0. */
    public static int divide(int a, int b, int q) {
        int aHeadroom = Integer.numberOfLeadingZeros(Math.abs(a)) - 1;
        int aNormal = a << aHeadroom;
        int bHeadroom = Integer.numberOfLeadingZeros(Math.abs(b)) - 1;
        int bNormal = b << bHeadroom;
        int inverse = (Integer.MAX_VALUE >> 2) / (bNormal >> 16);
        int result = mulWB(aNormal, inverse);
        aNormal -= mulHigh(bNormal, result) << 3;
        result += mulWB(aNormal, inverse);
        int shift = 29 + aHeadroom - bHeadroom - q;
        if (shift < 0) {
            return shiftLeftSaturated(result, -shift);
        }
        return shift < 32 ? result >> shift : 0;
    }

    /** 2^q / b, approximately; b is not 0. */
    public static int inverse(int b, int q) {
        int headroom = Integer.numberOfLeadingZeros(Math.abs(b)) - 1;
        int normal = b << headroom;
        int inverse = (Integer.MAX_VALUE >> 2) / (normal >> 16);
        int error = ((1 << 29) - mulWB(normal, inverse)) << 3;
        int result = (inverse << 16) + mulWW(error, inverse);
        int shift = 61 - headroom - q;
        if (shift <= 0) {
            return shiftLeftSaturated(result, -shift);
        }
        return shift < 32 ? result >> shift : 0;
    }

    /** The square root, approximately; 0 for what is negative. */
    public static int squareRoot(int a) {
        if (a <= 0) {
            return 0;
        }
        int zeros = Integer.numberOfLeadingZeros(a);
        int fraction = Integer.rotateRight(a, 24 - zeros) & 0x7F;
        int root = ((zeros & 1) != 0 ? 32_768 : 46_214) >> (zeros >> 1);
        return root + mulWB(root, 213 * fraction);
    }

    /** 2^(a/128), approximately; {@link Integer#MAX_VALUE} from 3967 on. */
    public static int power(int a) {
        if (a < 0) {
            return 0;
        }
        if (a >= 3_967) {
            return Integer.MAX_VALUE;
        }
        int whole = 1 << (a >> 7);
        int fraction = a & 0x7F;
        int correction = fraction + mulWB(fraction * (128 - fraction), -174);
        return a < 2_048 ? whole + ((whole * correction) >> 7) : whole + (whole >> 7) * correction;
    }

    /**
     * The energy of samples, divided by a power of two so that it has two bits of headroom.
     *
     * @return the energy, and in the upper half the power of two
     */
    public static long energy(short[] samples, int at, int count) {
        int shift = 31 - Integer.numberOfLeadingZeros(count);
        int rough = energy(samples, at, count, shift, count);
        shift = Math.max(0, shift + 3 - Integer.numberOfLeadingZeros(rough));
        return (long) shift << 32 | (energy(samples, at, count, shift, 0) & 0xFFFFFFFFL);
    }

    private static int energy(short[] samples, int at, int count, int shift, int initial) {
        int sum = initial;
        int i = 0;
        for (; i < count - 1; i += 2) {
            int pair = samples[at + i] * samples[at + i] + samples[at + i + 1] * samples[at + i + 1];
            sum += pair >>> shift;
        }
        if (i < count) {
            sum += (samples[at + i] * samples[at + i]) >>> shift;
        }
        return sum;
    }
}
