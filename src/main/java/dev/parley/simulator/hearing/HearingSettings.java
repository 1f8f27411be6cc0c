package dev.parley.simulator.hearing;

/**
 * How speech is told from silence.
 *
 * @param automatic false when the client marks its activity itself
 * @param prefixMillis speech needed before its start counts
 * @param silenceMillis silence needed before its end counts
 * @param marginDecibels how far above the noise floor speech must be
 * @param leastDecibels what is below is never speech, however quiet the room; dB below full scale
 */
public record HearingSettings(
        boolean automatic, int prefixMillis, int silenceMillis, double marginDecibels, double leastDecibels) {
    /** Sensitive at both ends, as the Developer API is. */
    public static final HearingSettings DEFAULT = of(true, true, true);

    private static final int LONGEST_PREFIX_MILLIS = 1000;
    private static final int SHORTEST_SILENCE_MILLIS = 40;
    private static final int LONGEST_SILENCE_MILLIS = 10_000;

    /** The values behind Google's sensitivities HIGH (true) and LOW (false). */
    public static HearingSettings of(boolean automatic, boolean startHigh, boolean endHigh) {
        return new HearingSettings(
                automatic, startHigh ? 60 : 140, endHigh ? 500 : 800, startHigh ? 9 : 15, startHigh ? -58 : -48);
    }

    /** The same with a prefix that the client chose; nonsense is bounded. */
    public HearingSettings withPrefixMillis(double millis) {
        int bounded = (int) Math.max(0, Math.min(LONGEST_PREFIX_MILLIS, millis));
        return new HearingSettings(automatic, bounded, silenceMillis, marginDecibels, leastDecibels);
    }

    /** The same with a silence that the client chose; nonsense is bounded. */
    public HearingSettings withSilenceMillis(double millis) {
        int bounded = (int) Math.max(SHORTEST_SILENCE_MILLIS, Math.min(LONGEST_SILENCE_MILLIS, millis));
        return new HearingSettings(automatic, prefixMillis, bounded, marginDecibels, leastDecibels);
    }
}
