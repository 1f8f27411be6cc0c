package dev.parley.batch.upload;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A recording on disk.
 *
 * @param declaredType the media type that the client gave
 * @param bytes length of the file
 */
public record ReceivedRecording(Path file, Optional<String> declaredType, long bytes) {}
