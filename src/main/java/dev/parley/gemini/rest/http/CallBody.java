package dev.parley.gemini.rest.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * A body that is opened anew for every try and read as it is sent.
 *
 * @param source opens it
 * @param length bytes, exactly
 */
public record CallBody(Source source, long length) {
    /** Opens the body from its beginning. */
    @FunctionalInterface
    public interface Source {
        /** The caller closes it. */
        InputStream open() throws IOException;
    }

    /** A small text. */
    public static CallBody of(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new CallBody(() -> new ByteArrayInputStream(bytes), bytes.length);
    }
}
