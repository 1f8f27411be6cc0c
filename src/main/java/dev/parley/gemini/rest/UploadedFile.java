package dev.parley.gemini.rest;

/**
 * A recording kept at Google, for 48 hours unless it is deleted.
 *
 * @param name such as {@code files/abc-123}
 * @param uri what a request names it by
 */
public record UploadedFile(String name, String uri, String mimeType) {}
