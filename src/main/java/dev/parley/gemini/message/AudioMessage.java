package dev.parley.gemini.message;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Objects;

/**
 * Writes the message that makes up nearly all traffic to the server, without binding and with buffers of its own: one
 * per connection, one thread at a time.
 */
public final class AudioMessage {
    /** 100 ms at 16 kHz s16le mono. */
    public static final int MAX_BYTES = 3200;

    /** Where a server looks for audio. */
    public enum Field {
        /** {@code realtimeInput.audio}, today's. */
        AUDIO,
        /** {@code realtimeInput.mediaChunks}, as of December 2024; current models close the connection on it. */
        MEDIA_CHUNKS
    }

    private static final String BLOB_START = "{\"mimeType\":\"audio/pcm;rate=16000\",\"data\":\"";

    private final byte[] prefix;
    private final byte[] suffix;
    private final byte[] encoded = new byte[base64Length(MAX_BYTES)];

    /** The bytes to encode, as the encoder takes whole arrays only. */
    private byte[] chunk = new byte[0];

    /** The one before: rates that do not divide evenly give two lengths by turns. */
    private byte[] otherChunk = new byte[0];

    /** A writer for one connection. */
    public AudioMessage(Field field) {
        boolean current = field == Field.AUDIO;
        prefix = (current
                        ? "{\"realtimeInput\":{\"audio\":" + BLOB_START
                        : "{\"realtimeInput\":{\"mediaChunks\":[" + BLOB_START)
                .getBytes(ISO_8859_1);
        suffix = (current ? "\"}}}" : "\"}]}}").getBytes(ISO_8859_1);
    }

    /**
     * The message for a piece of audio, as it is sent: JSON in UTF-8, of which base64 is a part.
     *
     * @param pcm 16 kHz mono s16le
     * @param length bytes, at most {@link #MAX_BYTES}
     * @return a buffer of its own, which waits in the connection's queue
     */
    public ByteBuffer of(byte[] pcm, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, pcm.length);
        if (length > MAX_BYTES) {
            throw new IllegalArgumentException("At most " + MAX_BYTES + " bytes of audio go into one message");
        }
        if (chunk.length != length) {
            byte[] other = otherChunk;
            otherChunk = chunk;
            chunk = other.length == length ? other : new byte[length];
        }
        System.arraycopy(pcm, offset, chunk, 0, length);
        int written = Base64.getEncoder().encode(chunk, encoded);
        return ByteBuffer.allocate(prefix.length + written + suffix.length)
                .put(prefix)
                .put(encoded, 0, written)
                .put(suffix)
                .flip();
    }

    private static int base64Length(int bytes) {
        return (bytes + 2) / 3 * 4;
    }
}
