package dev.parley.gemini.rest.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * An answer whose body is still to be read.
 *
 * @param status of HTTP
 * @param headers of the answer
 * @param body as it comes; closed by the exchange
 */
public record Reply(int status, HttpHeaders headers, InputStream body) {
    /** The media type without parameters, lower case; empty without one. */
    public String mediaType() {
        return headers.firstValue("Content-Type")
                .map(type -> type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))
                .orElse("");
    }

    /**
     * The whole body.
     *
     * @throws IOException also when it is longer than {@code mostBytes}
     */
    public String text(int mostBytes) throws IOException {
        byte[] bytes = body.readNBytes(mostBytes + 1);
        if (bytes.length > mostBytes) {
            throw new IOException("An answer of more than " + mostBytes + " bytes");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Reads what a caller needs of an answer. */
    @FunctionalInterface
    public interface Reader<T> {
        /** Reads the answer; what is left of it is thrown away. */
        T read(Reply reply) throws IOException;
    }
}
