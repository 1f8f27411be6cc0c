package dev.parley.media.opus.silk;

import dev.parley.media.opus.silk.filter.FixedPoint;

/** The first good frame after a loss rises from how loud the concealment was (libopus silk/PLC.c, silk_PLC_glue_frames). */
final class FadeIn {
    private static final int ONE = 1 << 16;

    private boolean lastLost;
    private int energy;
    private int energyShift;

    void reset() {
        lastLost = false;
        energy = 0;
        energyShift = 0;
    }

    /** Every frame, as it is heard. */
    void run(boolean lost, short[] frame, int at, int length) {
        if (lost) {
            long measured = FixedPoint.energy(frame, at, length);
            energy = (int) measured;
            energyShift = (int) (measured >> 32);
        } else if (lastLost) {
            fadeIn(frame, at, length);
        }
        lastLost = lost;
    }

    private void fadeIn(short[] frame, int at, int length) {
        long measured = FixedPoint.energy(frame, at, length);
        int now = (int) measured;
        int shift = (int) (measured >> 32);
        if (shift > energyShift) {
            energy >>= shift - energyShift;
        } else if (shift < energyShift) {
            now >>= energyShift - shift;
        }
        if (now <= energy) {
            return;
        }
        int zeros = Integer.numberOfLeadingZeros(energy) - 1;
        energy <<= zeros;
        now >>= Math.max(24 - zeros, 0);
        int gain = FixedPoint.squareRoot(energy / Math.max(now, 1)) << 4;
        int slope = ((ONE - gain) / length) << 2;
        int i = 0;
        do {
            frame[at + i] = (short) FixedPoint.mulWB(gain, frame[at + i]);
            gain += slope;
            i++;
        } while (i < length && gain <= ONE);
    }
}
