package dev.parley.gemini.rest.wire;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Base64;

/** The base64 (RFC 4648 §4, padded, one line) of another stream, made while it is read. One thread. */
final class Base64Stream extends InputStream {
    /** Whole groups of three, so that padding comes at the end only. */
    private static final int CHUNK = 3 * 8192;

    private final InputStream raw;
    private final byte[] chunk = new byte[CHUNK];
    private byte[] encoded = new byte[0];
    private int next;
    private boolean ended;

    Base64Stream(InputStream raw) {
        this.raw = raw;
    }

    /** How long the base64 of so many bytes is. */
    static long length(long bytes) {
        return 4 * ((bytes + 2) / 3);
    }

    @Override
    public int read() throws IOException {
        return fill() ? encoded[next++] : -1;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int count = Math.min(length, encoded.length - next);
        System.arraycopy(encoded, next, buffer, offset, count);
        next += count;
        return count;
    }

    @Override
    public void close() throws IOException {
        raw.close();
    }

    private boolean fill() throws IOException {
        if (next < encoded.length) {
            return true;
        }
        if (ended) {
            return false;
        }
        int count = raw.readNBytes(chunk, 0, CHUNK);
        ended = count < CHUNK;
        encoded = Base64.getEncoder().encode(count < CHUNK ? Arrays.copyOf(chunk, count) : chunk);
        next = 0;
        return encoded.length > 0;
    }
}
