package dev.parley.simulator.hearing;

import java.util.Arrays;

/**
 * Tells speech from noise, frame by frame. The noise floor is the quietest 20 ms of the last three seconds (minimum
 * statistics): pauses between words show it even while someone speaks, and steady noise becomes the floor whatever
 * its level.
 */
final class SpeechDetector {
    private static final int FRAMES_PER_SLOT = 10; // 200 ms
    private static final int SLOTS = 15;
    /** Whoever speaks at once must not become the floor before the first pause. */
    private static final double HIGHEST_FIRST_FLOOR = -45;

    private static final double LOWEST_FLOOR = -75;
    private static final double HIGHEST_FLOOR = -15;
    /** A word's end may be this much quieter than its beginning. */
    private static final double HYSTERESIS = 3;
    /** While the simulator speaks, its own sound may come back through the microphone. */
    private static final double GUARD = 6;

    private final HearingSettings settings;
    private final double[] quietest = new double[SLOTS];
    private int slot;
    private int framesInSlot;
    private boolean begun;
    private boolean guarded;

    SpeechDetector(HearingSettings settings) {
        this.settings = settings;
    }

    /** Whether to be harder to convince of a beginning. */
    void guard(boolean whileSpeaking) {
        guarded = whileSpeaking;
    }

    /** Speech needed before a beginning counts. */
    int prefixMillis() {
        return guarded ? 2 * settings.prefixMillis() : settings.prefixMillis();
    }

    /** Takes the level of the next 20 ms in dB below full scale; answers whether it is voice. */
    boolean isVoice(double level, boolean speaking) {
        if (!begun) {
            begun = true;
            Arrays.fill(quietest, Math.min(level, HIGHEST_FIRST_FLOOR));
        }
        double threshold = Math.max(settings.leastDecibels(), floor() + settings.marginDecibels());
        if (speaking) {
            threshold -= HYSTERESIS;
        } else if (guarded) {
            threshold += GUARD;
        }
        learn(level);
        return level > threshold;
    }

    private double floor() {
        double floor = HIGHEST_FLOOR;
        for (double level : quietest) {
            floor = Math.min(floor, level);
        }
        return Math.max(LOWEST_FLOOR, floor);
    }

    private void learn(double level) {
        if (framesInSlot == FRAMES_PER_SLOT) {
            framesInSlot = 0;
            slot = (slot + 1) % SLOTS;
            quietest[slot] = level;
        }
        framesInSlot++;
        quietest[slot] = Math.min(quietest[slot], level);
    }
}
