package dev.parley.conversation.captions;

/**
 * Whether a piece of sound is quiet beside what was heard before. The ground is the quietest of late: it sinks at once and rises by a
 * tenth a second, which the short pauses within speech undo. Confined to the mailbox.
 */
final class Loudness {
    /** Of full scale 32768; what a quiet room leaves in a microphone stays below. */
    private static final double SILENCE = 150;

    private static final double ABOVE_GROUND = 3;
    private static final double RISE_PER_MILLI = 0.0001;

    private double ground = SILENCE;

    /** Takes the next piece, s16le mono, at least one sample. */
    boolean isQuiet(byte[] pcm, int offset, int length, int millis) {
        double sum = 0;
        for (int i = offset; i + 1 < offset + length; i += 2) {
            int sample = (short) ((pcm[i] & 0xFF) | (pcm[i + 1] << 8));
            sum += (double) sample * sample;
        }
        double level = Math.sqrt(sum / Math.max(1, length / 2));
        ground = Math.max(1, level < ground ? level : ground + (level - ground) * RISE_PER_MILLI * millis);
        return level < Math.max(SILENCE, ABOVE_GROUND * ground);
    }
}
