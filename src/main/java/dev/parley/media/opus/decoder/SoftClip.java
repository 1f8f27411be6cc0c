package dev.parley.media.opus.decoder;

/** Bends what is beyond ±32768 back, without edges (libopus src/opus.c, opus_pcm_soft_clip). One stream of it. */
final class SoftClip {
    private static final float FULL = 32_768;

    /** How what began in the packet before goes on, per full scale. */
    private float bend;

    /** Bends {@code count} samples, and goes on with what it began in those before. */
    void run(float[] x, int count) {
        if (bend == 0 && isWithin(x, count)) {
            return;
        }
        for (int i = 0; i < count; i++) {
            x[i] = Math.max(-2, Math.min(2, x[i] * (1 / FULL)));
        }
        for (int i = 0; i < count && x[i] * bend < 0; i++) {
            x[i] += bend * x[i] * x[i];
        }
        bendPeaks(x, count);
        for (int i = 0; i < count; i++) {
            x[i] *= FULL;
        }
    }

    private static boolean isWithin(float[] x, int count) {
        for (int i = 0; i < count; i++) {
            if (x[i] > FULL || x[i] < -FULL) {
                return false;
            }
        }
        return true;
    }

    private void bendPeaks(float[] x, int count) {
        float first = x[0];
        int from = 0;
        while (from < count) {
            int peak = from;
            while (peak < count && x[peak] <= 1 && x[peak] >= -1) {
                peak++;
            }
            if (peak == count) {
                bend = 0;
                return;
            }
            from = bendPeak(x, count, from, peak, first);
        }
    }

    /** From one crossing of zero to the next; answers where that is. */
    private int bendPeak(float[] x, int count, int from, int over, float first) {
        int start = over;
        while (start > 0 && x[over] * x[start - 1] >= 0) {
            start--;
        }
        int end = over;
        int peak = over;
        float most = Math.abs(x[over]);
        for (; end < count && x[over] * x[end] >= 0; end++) {
            if (Math.abs(x[end]) > most) {
                most = Math.abs(x[end]);
                peak = end;
            }
        }
        boolean fromBeginning = start == 0 && x[over] * x[0] >= 0;
        float a = (most - 1) / (most * most);
        a += a * 2.4e-7f;
        bend = x[over] > 0 ? -a : a;
        for (int i = start; i < end; i++) {
            x[i] += bend * x[i] * x[i];
        }
        if (fromBeginning && peak >= 2) {
            float offset = first - x[0];
            float delta = offset / peak;
            for (int i = from; i < peak; i++) {
                offset -= delta;
                x[i] = Math.max(-1, Math.min(1, x[i] + offset));
            }
        }
        return end;
    }
}
