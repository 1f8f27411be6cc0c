package dev.parley.simulator.survey;

import java.util.List;
import java.util.Optional;

/**
 * What is known of a recording.
 *
 * @param format by content
 * @param bytes as received
 * @param measured empty when it could not be decoded here
 * @param obstacle why it could not be decoded, as a sentence; empty otherwise
 */
public record Findings(SoundFormat format, long bytes, Optional<Measured> measured, String obstacle) {
    /** Google's rate for recordings (ai.google.dev/gemini-api/docs/audio). */
    private static final int TOKENS_PER_SECOND = 32;

    /** What is guessed of bytes that cannot be decoded: 64 kbit/s. */
    private static final int GUESSED_BYTES_PER_SECOND = 8_000;

    /**
     * What was measured in the sound.
     *
     * @param millis duration
     * @param decibels mean level of everything, below full scale; −96 for silence
     * @param stretches of speech, in order; the pauses lie between them
     * @param unlisted stretches that were counted and are not in the list, because there were too many
     */
    public record Measured(long millis, long decibels, List<Stretch> stretches, int unlisted) {
        /** Stretches of speech. */
        public int speechCount() {
            return stretches.size() + unlisted;
        }

        /** Pauses between them. */
        public int pauses() {
            return Math.max(0, speechCount() - 1);
        }

        /** Speech without its pauses, of the listed stretches. */
        public long spokenMillis() {
            return stretches.stream().mapToLong(Stretch::millis).sum();
        }
    }

    /** What Google would count for it. */
    public long tokens() {
        long millis = measured.map(Measured::millis).orElse(bytes * 1000 / GUESSED_BYTES_PER_SECOND);
        return Math.max(1, (millis * TOKENS_PER_SECOND + 999) / 1000);
    }
}
