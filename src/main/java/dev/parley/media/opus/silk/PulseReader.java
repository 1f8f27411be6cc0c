package dev.parley.media.opus.silk;

import dev.parley.media.opus.range.RangeDecoder;
import dev.parley.media.opus.table.Tables;
import java.util.Arrays;

/** The excitation of SILK frames, as whole pulses (RFC 6716 §4.2.7.8; libopus silk/decode_pulses.c, shell_coder.c). */
final class PulseReader {
    private static final int BLOCK = 16;
    private static final int MAX_BLOCKS = 20;
    private static final int MAX_PULSES = 16;
    private static final int TABLE = 18;
    private static final int LAST_LEVEL = 9;
    private static final int LOW_BIT = 120;

    private static final short[] RATE_LEVELS = Tables.SILK.row("rateLevels");
    private static final short[] PULSES = Tables.SILK.row("pulsesPerBlock");
    private static final short[] SIGNS = Tables.SILK.row("signs");
    private static final short[] OFFSETS = Tables.SILK.row("shellOffsets");
    /** By the size of the half that is split: 1, 2, 4 and 8 samples. */
    private static final short[][] SHELL = {
        Tables.SILK.row("shell0"), Tables.SILK.row("shell1"), Tables.SILK.row("shell2"), Tables.SILK.row("shell3")
    };

    /** Of the frame read last; a multiple of 16 of them, which may be more than the frame has. */
    final int[] pulses = new int[MAX_BLOCKS * BLOCK];

    private final int[] sums = new int[MAX_BLOCKS];
    private final int[] lowBits = new int[MAX_BLOCKS];

    /** Reads the pulses of one frame. */
    void read(RangeDecoder in, int signalType, int offsetType, int frameLength) {
        int blocks = (frameLength + BLOCK - 1) / BLOCK;
        readSums(in, signalType, blocks);
        for (int i = 0; i < blocks; i++) {
            if (sums[i] > 0) {
                split(in, i * BLOCK, 3, sums[i]);
            } else {
                Arrays.fill(pulses, i * BLOCK, (i + 1) * BLOCK, 0);
            }
        }
        for (int i = 0; i < blocks; i++) {
            if (lowBits[i] > 0) {
                for (int k = i * BLOCK; k < (i + 1) * BLOCK; k++) {
                    for (int bit = 0; bit < lowBits[i]; bit++) {
                        pulses[k] = (pulses[k] << 1) + in.binary(LOW_BIT);
                    }
                }
            }
        }
        int signs = 7 * (offsetType + 2 * signalType);
        int signed = (frameLength + BLOCK / 2) / BLOCK;
        for (int i = 0; i < signed; i++) {
            if (sums[i] > 0 || lowBits[i] > 0) {
                readSigns(in, i * BLOCK, SIGNS[signs + Math.min(sums[i], 6)]);
            }
        }
    }

    private void readSums(RangeDecoder in, int signalType, int blocks) {
        int level = in.symbol(RATE_LEVELS, (signalType >> 1) * LAST_LEVEL, 8);
        for (int i = 0; i < blocks; i++) {
            lowBits[i] = 0;
            sums[i] = in.symbol(PULSES, level * TABLE, 8);
            while (sums[i] == MAX_PULSES + 1) {
                lowBits[i]++;
                // After ten the table begins one later and has no more of what means another.
                sums[i] = in.symbol(PULSES, LAST_LEVEL * TABLE + (lowBits[i] == 10 ? 1 : 0), 8);
            }
        }
    }

    /** Deals {@code count} pulses out to the two halves of 2^(depth+1) samples, and on. */
    private void split(RangeDecoder in, int at, int depth, int count) {
        int half = 1 << depth;
        if (count == 0) {
            Arrays.fill(pulses, at, at + 2 * half, 0);
            return;
        }
        int left = in.symbol(SHELL[depth], OFFSETS[count], 8);
        if (depth == 0) {
            pulses[at] = left;
            pulses[at + 1] = count - left;
        } else {
            split(in, at, depth - 1, left);
            split(in, at + half, depth - 1, count - left);
        }
    }

    private void readSigns(RangeDecoder in, int at, int inverse) {
        for (int k = at; k < at + BLOCK; k++) {
            if (pulses[k] > 0 && in.binary(inverse) == 0) {
                pulses[k] = -pulses[k];
            }
        }
    }
}
