package dev.parley.media.recording.check;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A recording whose header makes sense.
 *
 * @param found what it is, as a person would call it
 * @param mimeType as Gemini calls it; null when Gemini does not take it
 * @param duration null when that is not cheap to know
 */
public record Checked(
        String found, @Nullable String mimeType, @Nullable Duration duration) {
    private static final long NANOS = 1_000_000_000;

    /** The length of so many samples; null when the numbers make no sense. */
    static @Nullable Duration duration(long samples, long rate) {
        return rate > 0 && samples > 0 && samples / rate < NANOS
                ? Duration.ofSeconds(samples / rate, samples % rate * NANOS / rate)
                : null;
    }
}
