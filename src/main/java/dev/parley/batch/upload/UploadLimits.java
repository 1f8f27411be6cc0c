package dev.parley.batch.upload;

import java.time.Duration;

/**
 * Bounds of one upload.
 *
 * @param mostBytes longest recording
 * @param longestTime from its first byte to its last
 */
public record UploadLimits(long mostBytes, Duration longestTime) {}
