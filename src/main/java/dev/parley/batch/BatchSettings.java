package dev.parley.batch;

import dev.parley.batch.upload.UploadLimits;
import dev.parley.shared.settings.SettingsReader;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Bounds of the door for recordings.
 *
 * @param upload of one upload
 * @param concurrent recordings at once
 * @param inlineBytes up to this length a recording goes in the request itself, above it through the Files API
 * @param folder where recordings lie meanwhile; empty: a private temporary folder
 */
record BatchSettings(UploadLimits upload, int concurrent, long inlineBytes, Optional<Path> folder) {
    /** Google takes 2 GB in a file. */
    private static final long MOST_BYTES = 2_000_000_000;

    /** With base64, within the 20 MB that every model and version takes in one request. */
    private static final long INLINE_BYTES = 14_000_000;

    private static final long MOST_INLINE_BYTES = 70_000_000;

    static BatchSettings read(SettingsReader reader) {
        return new BatchSettings(
                new UploadLimits(
                        reader.number("parley.batch.max-bytes", 200_000_000, 1, MOST_BYTES),
                        reader.duration(
                                "parley.batch.upload-time",
                                Duration.ofMinutes(10),
                                Duration.ofSeconds(1),
                                Duration.ofHours(6))),
                reader.integer("parley.batch.concurrent", 4, 1, 200),
                reader.number("parley.batch.inline-bytes", INLINE_BYTES, 0, MOST_INLINE_BYTES),
                reader.text("parley.batch.folder").map(text -> folder(reader, text)));
    }

    private static Path folder(SettingsReader reader, String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException malformed) {
            throw reader.refuse("parley.batch.folder", text, "the path of a folder");
        }
    }
}
