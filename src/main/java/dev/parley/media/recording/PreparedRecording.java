package dev.parley.media.recording;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A recording that Gemini takes.
 *
 * @param file the source itself when it was passed on, else a new file
 * @param mimeType one of Gemini's audio types: {@code audio/wav, audio/mp3, audio/aiff, audio/aac, audio/ogg,
 *     audio/flac}
 * @param found what the source is, by content, as a person would call it: "WebM with Opus"
 * @param treatment what was done to it
 * @param mismatch a sentence when the declared type says something else than the content; null otherwise
 * @param duration how long the sound is; null when that is not cheap to know
 */
public record PreparedRecording(
        Path file,
        String mimeType,
        String found,
        Treatment treatment,
        @Nullable String mismatch,
        @Nullable Duration duration) {
    /** From least to most work. */
    public enum Treatment {
        /** The source's own bytes. */
        PASSED_ON,
        /** The same compressed audio in another container. */
        REMUXED,
        /** Decoded to PCM. */
        TRANSCODED
    }
}
