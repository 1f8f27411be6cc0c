package dev.parley.media;

/** Takes decoded audio. */
@FunctionalInterface
public interface PcmSink {
    /**
     * The next samples: 16 kHz, mono, signed 16 bit little-endian.
     *
     * @param buffer belongs to the decoder and is reused: copy what must outlive the call
     * @param offset first byte
     * @param length bytes, always even
     */
    void pcm(byte[] buffer, int offset, int length);
}
