package dev.parley.media.opus.celt.shape;

/** Bands between time and frequency, and between middle and left (libopus celt/bands.c). A vector that is none stays so. */
final class Blocks {
    private static final int MAX_WIDTH = 176;
    private static final float HALF_ROOT = (float) Math.sqrt(0.5);
    /** Below this energy a channel is as good as silent. */
    private static final float SILENT = 6e-4f;
    /** For 2, 4, 8 and 16 blocks, each from its own count less two on. */
    private static final int[] ORDER = {
        1, 0, 3, 0, 2, 1, 7, 0, 4, 3, 6, 1, 5, 2, 15, 0, 8, 7, 12, 3, 11, 4, 14, 1, 9, 6, 13, 2, 10, 5
    };

    private final float[] v;
    private final float[] copy = new float[MAX_WIDTH];

    Blocks(float[] v) {
        this.v = v;
    }

    /** Sums and differences of neighbours at this stride. */
    void haar(int x, int n, int stride) {
        if (x == ShapeState.NONE) {
            return;
        }
        int pairs = n >> 1;
        for (int i = 0; i < stride; i++) {
            for (int j = 0; j < pairs; j++) {
                int at = x + stride * 2 * j + i;
                float a = HALF_ROOT * v[at];
                float b = HALF_ROOT * v[at + stride];
                v[at] = a + b;
                v[at + stride] = a - b;
            }
        }
    }

    /** Block after block, of what lay interleaved; in the order of their frequency when they are of one long block. */
    void deinterleave(int x, int size, int count, boolean byFrequency) {
        if (x == ShapeState.NONE) {
            return;
        }
        for (int i = 0; i < count; i++) {
            int to = (byFrequency ? ORDER[count - 2 + i] : i) * size;
            for (int j = 0; j < size; j++) {
                copy[to + j] = v[x + j * count + i];
            }
        }
        System.arraycopy(copy, 0, v, x, size * count);
    }

    /** The inverse. */
    void interleave(int x, int size, int count, boolean byFrequency) {
        for (int i = 0; i < count; i++) {
            int from = x + (byFrequency ? ORDER[count - 2 + i] : i) * size;
            for (int j = 0; j < size; j++) {
                copy[j * count + i] = v[from + j];
            }
        }
        System.arraycopy(copy, 0, v, x, size * count);
    }

    /** Of middle and side, each of its own length. */
    void toLeftAndRight(int x, int y, float middle, int n) {
        float product = 0;
        float side = 0;
        for (int i = 0; i < n; i++) {
            product += v[y + i] * v[x + i];
            side += v[y + i] * v[y + i];
        }
        product *= middle;
        float left = middle * middle + side - 2 * product;
        float right = middle * middle + side + 2 * product;
        if (right < SILENT || left < SILENT) {
            System.arraycopy(v, x, v, y, n);
            return;
        }
        float leftGain = 1 / (float) Math.sqrt(left);
        float rightGain = 1 / (float) Math.sqrt(right);
        for (int i = 0; i < n; i++) {
            float m = middle * v[x + i];
            float s = v[y + i];
            v[x + i] = leftGain * (m - s);
            v[y + i] = rightGain * (m + s);
        }
    }
}
