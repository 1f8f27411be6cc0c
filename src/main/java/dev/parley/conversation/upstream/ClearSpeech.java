package dev.parley.conversation.upstream;

import dev.parley.conversation.ledger.Pcm;

/**
 * Finds, by level alone, audio in which a person surely speaks: well above silence and above what there always is, such as
 * a fan. The pauses between words belong to it. Costs one pass over the samples. Confined to the mailbox.
 */
final class ClearSpeech {
    private static final int BLOCK_MILLIS = 20;
    private static final int BLOCK_BYTES = 2 * Pcm.INPUT_RATE * BLOCK_MILLIS / 1000;

    /** Mean square of −36 dB below full scale: a voice close to a microphone is louder. */
    private static final double LEAST_POWER = 32768.0 * 32768.0 / 4000;

    /** A voice rises so far above what is there without it: 10 dB. */
    private static final double RISE = 10;

    /** A shorter noise is a click. */
    private static final int SHORTEST_BLOCKS = 3;

    /** Pauses between words are shorter: 300 ms. */
    private static final int PAUSE_BLOCKS = 15;

    /** What is always there is the quietest of the last two to three seconds: a voice has pauses, a machine has none. */
    private static final int MEMORY_BLOCKS = 50;

    /** The quietest of this second, of the last, and of the one before. */
    private final double[] quietest = {Double.MAX_VALUE, Double.MAX_VALUE, LEAST_POWER / RISE};

    private int blocksInSecond;
    private int loudBlocks;
    private int pauseLeft;

    /** Takes the next message, 16 kHz s16le; answers how many milliseconds of it are speech. */
    int millisIn(byte[] pcm, int offset, int length) {
        int millis = 0;
        for (int at = offset; at + BLOCK_BYTES <= offset + length; at += BLOCK_BYTES) {
            if (isSpeech(power(pcm, at))) {
                millis += BLOCK_MILLIS;
            }
        }
        return millis;
    }

    /** How long before the end of what was taken a voice was last there; −1 when that is longer than a pause. */
    int millisSinceVoice() {
        return pauseLeft == 0 ? -1 : BLOCK_MILLIS * (PAUSE_BLOCKS - pauseLeft);
    }

    private boolean isSpeech(double power) {
        remember(power);
        double always = Math.min(quietest[0], Math.min(quietest[1], quietest[2]));
        if (power >= LEAST_POWER && power >= RISE * always) {
            loudBlocks++;
            if (loudBlocks >= SHORTEST_BLOCKS) {
                pauseLeft = PAUSE_BLOCKS;
            }
            return true;
        }
        loudBlocks = 0;
        pauseLeft = Math.max(0, pauseLeft - 1);
        return pauseLeft > 0;
    }

    private void remember(double power) {
        if (blocksInSecond == MEMORY_BLOCKS) {
            blocksInSecond = 0;
            quietest[2] = quietest[1];
            quietest[1] = quietest[0];
            quietest[0] = power;
        }
        blocksInSecond++;
        quietest[0] = Math.min(quietest[0], power);
    }

    /** Mean square of a block without its constant part, which some microphones add. */
    private static double power(byte[] pcm, int offset) {
        long sum = 0;
        long squares = 0;
        for (int i = offset; i < offset + BLOCK_BYTES; i += 2) {
            int sample = (pcm[i] & 0xFF) | pcm[i + 1] << 8;
            sum += sample;
            squares += (long) sample * sample;
        }
        double samples = BLOCK_BYTES / 2.0;
        double mean = sum / samples;
        return Math.max(0, squares / samples - mean * mean);
    }
}
