package dev.parley.conversation.upstream;

/**
 * Finds, by level alone, audio in which a person surely speaks: well above silence and above what there always is, such as
 * a fan. Costs one pass over the samples. Confined to the mailbox.
 */
final class ClearSpeech {
    /** Mean square of −36 dB below full scale: a quiet voice close to a microphone is louder. */
    private static final double LEAST_POWER = 32768.0 * 32768.0 / 4000;

    /** A voice rises so far above what is there without it: 10 dB. */
    private static final double RISE = 10;

    /** What is always there is learnt downwards at once, upwards by 3 dB in two seconds: a voice has pauses. */
    private static final double DRIFT_PER_SAMPLE = Math.log(2) / (2 * 16_000);

    private double floor = LEAST_POWER / RISE;

    /** Takes the next message, 16 kHz s16le; answers whether someone speaks in it. */
    boolean isIn(byte[] pcm, int offset, int length) {
        int samples = length / 2;
        if (samples == 0) {
            return false;
        }
        long sum = 0;
        long squares = 0;
        for (int i = offset; i + 1 < offset + length; i += 2) {
            int sample = (pcm[i] & 0xFF) | pcm[i + 1] << 8;
            sum += sample;
            squares += (long) sample * sample;
        }
        double mean = (double) sum / samples;
        double power = Math.max(0, (double) squares / samples - mean * mean);
        floor = Math.min(power, floor * Math.exp(DRIFT_PER_SAMPLE * samples));
        floor = Math.max(floor, 1);
        return power >= LEAST_POWER && power >= RISE * floor;
    }
}
