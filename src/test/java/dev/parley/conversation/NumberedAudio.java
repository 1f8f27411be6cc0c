package dev.parley.conversation;

import java.util.ArrayList;
import java.util.List;

/**
 * PCM whose samples carry their own position, quiet or as loud as speech, so that a test can tell exactly what arrived. A
 * unit is four samples at 16 kHz, a quarter of a millisecond, and holds its number.
 */
final class NumberedAudio {
    static final int UNITS_PER_MILLI = 4;
    private static final int SAMPLES_PER_UNIT = 4;
    private static final int BYTES_PER_UNIT = 2 * SAMPLES_PER_UNIT;
    private static final int LOUDNESS = 3000;

    private int next;

    /** How many units were given out so far. */
    int given() {
        return next;
    }

    /** The next milliseconds. */
    byte[] millis(int millis, boolean loud) {
        byte[] pcm = new byte[millis * UNITS_PER_MILLI * BYTES_PER_UNIT];
        int at = 0;
        for (int unit = 0; unit < millis * UNITS_PER_MILLI; unit++, next++) {
            for (int i = 0; i < SAMPLES_PER_UNIT; i++) {
                int sample =
                        (next >>> (8 * i) & 0xFF) - 128 + (loud && isWord() ? (i % 2 == 0 ? LOUDNESS : -LOUDNESS) : 0);
                pcm[at++] = (byte) sample;
                pcm[at++] = (byte) (sample >> 8);
            }
        }
        return pcm;
    }

    /** Words of 320 ms with pauses of 80 ms between them. */
    private boolean isWord() {
        return next / UNITS_PER_MILLI % 400 < 320;
    }

    /** The numbers in whole units of audio. */
    static List<Integer> units(byte[] pcm) {
        if (pcm.length % BYTES_PER_UNIT != 0) {
            throw new AssertionError("A unit was cut: " + pcm.length + " bytes");
        }
        List<Integer> units = new ArrayList<>();
        for (int at = 0; at < pcm.length; at += BYTES_PER_UNIT) {
            int unit = 0;
            for (int i = 0; i < SAMPLES_PER_UNIT; i++) {
                int sample = (pcm[at + 2 * i] & 0xFF) | pcm[at + 2 * i + 1] << 8;
                int quiet = Math.abs(sample) > LOUDNESS / 2 ? sample - Integer.signum(sample) * LOUDNESS : sample;
                unit |= (quiet + 128 & 0xFF) << (8 * i);
            }
            units.add(unit);
        }
        return units;
    }
}
