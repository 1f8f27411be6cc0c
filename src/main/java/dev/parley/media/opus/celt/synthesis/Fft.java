package dev.parley.media.opus.celt.synthesis;

/**
 * Complex Fourier transforms of 480, 240, 120 and 60 points, by factors of 4, 2, 3 and 5 (libopus celt/kiss_fft.c). Real
 * and imaginary parts alternate; the input lies in the order of {@link #order}. Read only, for all threads.
 */
final class Fft {
    private static final float HALF_ROOT = (float) Math.sqrt(0.5);
    private static final float SIN_3 = (float) -Math.sin(2 * Math.PI / 3);
    private static final float COS_5 = (float) Math.cos(2 * Math.PI / 5);
    private static final float SIN_5 = (float) -Math.sin(2 * Math.PI / 5);
    private static final float COS_5_2 = (float) Math.cos(4 * Math.PI / 5);
    private static final float SIN_5_2 = (float) -Math.sin(4 * Math.PI / 5);

    private final int size;
    private final int[] factors;
    private final int[] order;
    /** For each factor its own rotations, in the order in which they are needed. */
    private final float[][] rotations;

    Fft(int size, int... factors) {
        this.size = size;
        this.factors = factors;
        order = new int[size];
        fillOrder(0, 0, 1, 0);
        rotations = new float[factors.length][];
        int below = size;
        for (int i = 0; i < factors.length; i++) {
            below /= factors[i];
            rotations[i] = rotations(factors[i], below);
        }
    }

    private int fillOrder(int position, int target, int stride, int depth) {
        int at = position;
        int below = size / stride / factors[depth];
        for (int j = 0; j < factors[depth]; j++) {
            if (below == 1) {
                order[at] = target + j;
            } else {
                fillOrder(at, target + j * below, stride * factors[depth], depth + 1);
            }
            at += stride;
        }
        return at;
    }

    private static float[] rotations(int factor, int below) {
        float[] table = new float[2 * (factor - 1) * below];
        for (int j = 0; j < below; j++) {
            for (int k = 1; k < factor; k++) {
                double phase = -2 * Math.PI * j * k / (factor * below);
                int at = 2 * (j * (factor - 1) + k - 1);
                table[at] = (float) Math.cos(phase);
                table[at + 1] = (float) Math.sin(phase);
            }
        }
        return table;
    }

    /** Where each point of the input belongs. */
    int[] order() {
        return order;
    }

    /** Transforms in place, from {@code base}. */
    void transform(float[] f, int base) {
        int below = 1;
        for (int i = factors.length - 1; i >= 0; i--) {
            int factor = factors[i];
            int blocks = size / below / factor;
            for (int b = 0; b < blocks; b++) {
                int at = base + 2 * b * below * factor;
                switch (factor) {
                    case 2 -> two(f, at);
                    case 3 -> three(f, at, below, rotations[i]);
                    case 5 -> five(f, at, below, rotations[i]);
                    default -> four(f, at, below, rotations[i]);
                }
            }
            below *= factor;
        }
    }

    /** Always of blocks of four. */
    private static void two(float[] f, int at) {
        int b = at + 8;
        float r = f[b];
        float i = f[b + 1];
        twice(f, at, b, r, i);
        r = (f[b + 2] + f[b + 3]) * HALF_ROOT;
        i = (f[b + 3] - f[b + 2]) * HALF_ROOT;
        twice(f, at + 2, b + 2, r, i);
        r = f[b + 5];
        i = -f[b + 4];
        twice(f, at + 4, b + 4, r, i);
        r = (f[b + 7] - f[b + 6]) * HALF_ROOT;
        i = -(f[b + 7] + f[b + 6]) * HALF_ROOT;
        twice(f, at + 6, b + 6, r, i);
    }

    private static void twice(float[] f, int a, int b, float r, float i) {
        f[b] = f[a] - r;
        f[b + 1] = f[a + 1] - i;
        f[a] += r;
        f[a + 1] += i;
    }

    private static void four(float[] f, int at, int below, float[] w) {
        int step = 2 * below;
        int t = 0;
        for (int a = at; a < at + step; a += 2) {
            int b = a + step;
            int c = b + step;
            int d = c + step;
            float br = f[b] * w[t] - f[b + 1] * w[t + 1];
            float bi = f[b] * w[t + 1] + f[b + 1] * w[t];
            float cr = f[c] * w[t + 2] - f[c + 1] * w[t + 3];
            float ci = f[c] * w[t + 3] + f[c + 1] * w[t + 2];
            float dr = f[d] * w[t + 4] - f[d + 1] * w[t + 5];
            float di = f[d] * w[t + 5] + f[d + 1] * w[t + 4];
            t += 6;
            float lessR = f[a] - cr;
            float lessI = f[a + 1] - ci;
            float moreR = f[a] + cr;
            float moreI = f[a + 1] + ci;
            float sumR = br + dr;
            float sumI = bi + di;
            float difR = br - dr;
            float difI = bi - di;
            f[a] = moreR + sumR;
            f[a + 1] = moreI + sumI;
            f[b] = lessR + difI;
            f[b + 1] = lessI - difR;
            f[c] = moreR - sumR;
            f[c + 1] = moreI - sumI;
            f[d] = lessR - difI;
            f[d + 1] = lessI + difR;
        }
    }

    private static void three(float[] f, int at, int below, float[] w) {
        int step = 2 * below;
        int t = 0;
        for (int a = at; a < at + step; a += 2) {
            int b = a + step;
            int c = b + step;
            float br = f[b] * w[t] - f[b + 1] * w[t + 1];
            float bi = f[b] * w[t + 1] + f[b + 1] * w[t];
            float cr = f[c] * w[t + 2] - f[c + 1] * w[t + 3];
            float ci = f[c] * w[t + 3] + f[c + 1] * w[t + 2];
            t += 4;
            float sumR = br + cr;
            float sumI = bi + ci;
            float difR = (br - cr) * SIN_3;
            float difI = (bi - ci) * SIN_3;
            float midR = f[a] - 0.5f * sumR;
            float midI = f[a + 1] - 0.5f * sumI;
            f[a] += sumR;
            f[a + 1] += sumI;
            f[c] = midR + difI;
            f[c + 1] = midI - difR;
            f[b] = midR - difI;
            f[b + 1] = midI + difR;
        }
    }

    private static void five(float[] f, int at, int below, float[] w) {
        int step = 2 * below;
        int t = 0;
        for (int a = at; a < at + step; a += 2) {
            int b = a + step;
            int c = b + step;
            int d = c + step;
            int e = d + step;
            float br = f[b] * w[t] - f[b + 1] * w[t + 1];
            float bi = f[b] * w[t + 1] + f[b + 1] * w[t];
            float cr = f[c] * w[t + 2] - f[c + 1] * w[t + 3];
            float ci = f[c] * w[t + 3] + f[c + 1] * w[t + 2];
            float dr = f[d] * w[t + 4] - f[d + 1] * w[t + 5];
            float di = f[d] * w[t + 5] + f[d + 1] * w[t + 4];
            float er = f[e] * w[t + 6] - f[e + 1] * w[t + 7];
            float ei = f[e] * w[t + 7] + f[e + 1] * w[t + 6];
            t += 8;
            float outerR = br + er;
            float outerI = bi + ei;
            float outerDifR = br - er;
            float outerDifI = bi - ei;
            float innerR = cr + dr;
            float innerI = ci + di;
            float innerDifR = cr - dr;
            float innerDifI = ci - di;
            float ar = f[a];
            float ai = f[a + 1];
            f[a] = ar + outerR + innerR;
            f[a + 1] = ai + outerI + innerI;
            float r = ar + outerR * COS_5 + innerR * COS_5_2;
            float i = ai + outerI * COS_5 + innerI * COS_5_2;
            float crossR = outerDifI * SIN_5 + innerDifI * SIN_5_2;
            float crossI = -(outerDifR * SIN_5 + innerDifR * SIN_5_2);
            f[b] = r - crossR;
            f[b + 1] = i - crossI;
            f[e] = r + crossR;
            f[e + 1] = i + crossI;
            r = ar + outerR * COS_5_2 + innerR * COS_5;
            i = ai + outerI * COS_5_2 + innerI * COS_5;
            crossR = innerDifI * SIN_5 - outerDifI * SIN_5_2;
            crossI = outerDifR * SIN_5_2 - innerDifR * SIN_5;
            f[c] = r + crossR;
            f[c + 1] = i + crossI;
            f[d] = r - crossR;
            f[d + 1] = i - crossI;
        }
    }
}
