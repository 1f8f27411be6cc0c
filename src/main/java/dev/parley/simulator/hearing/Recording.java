package dev.parley.simulator.hearing;

import java.util.Arrays;

/** The last so many samples of a sound; grows as needed up to its bound, then forgets the oldest. */
final class Recording {
    private static final int FIRST_CAPACITY = 16_000;

    private final int bound;
    private short[] ring;
    private int start;
    private int held;

    Recording(int bound) {
        this.bound = bound;
        this.ring = new short[Math.min(bound, FIRST_CAPACITY)];
    }

    void append(short[] samples) {
        int from = Math.max(0, samples.length - bound);
        for (int i = from; i < samples.length; i++) {
            append(samples[i]);
        }
    }

    private void append(short sample) {
        if (held == ring.length && held < bound) {
            ring = Arrays.copyOf(toArray(), Math.min(bound, 2 * held));
            start = 0;
        }
        if (held < ring.length) {
            ring[(start + held) % ring.length] = sample;
            held++;
        } else {
            ring[start] = sample;
            start = (start + 1) % ring.length;
        }
    }

    /** Takes the newest samples away again. */
    void dropLast(int samples) {
        held = Math.max(0, held - samples);
    }

    int length() {
        return held;
    }

    /** A copy, oldest first. */
    short[] toArray() {
        short[] copy = new short[held];
        int first = Math.min(held, ring.length - start);
        System.arraycopy(ring, start, copy, 0, first);
        System.arraycopy(ring, 0, copy, first, held - first);
        return copy;
    }
}
