package dev.parley.media.opus;

import dev.parley.media.opus.decoder.OpusDecoder;

/** What an Opus packet says of its length without being decoded (RFC 6716 §3). */
public final class OpusPackets {
    /** Bytes of the largest packet that a container may deliver for one stream (RFC 7845 §6). */
    public static final int MAX_BYTES = 61_440;

    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private OpusPackets() {}

    /** Samples at 48 kHz of a whole packet, 120 … 5 760; 0 when its first bytes make no sense. */
    public static int samples(byte[] packet, int at, int length) {
        if (length < 1) {
            return 0;
        }
        int frames =
                switch (packet[at] & 3) {
                    case 0 -> 1;
                    case 1, 2 -> 2;
                    default -> length < 2 ? 0 : packet[at + 1] & 0x3F;
                };
        int samples = frames * frameSamples(packet[at]);
        return samples <= OpusStream.MAX_SAMPLES ? samples : 0;
    }

    /** Samples at 48 kHz of one frame of a packet that begins with this byte (RFC 6716 §3.1, table 2). */
    public static int frameSamples(byte toc) {
        return OpusDecoder.frameSamples(toc);
    }

    /** Nanoseconds as samples at 48 kHz, rounded; the inverse of {@link #nanos}. */
    public static long samples(long nanos) {
        return Math.round((double) nanos * OpusStream.RATE / NANOS_PER_SECOND);
    }

    /** Samples at 48 kHz as nanoseconds, rounded. */
    public static long nanos(long samples) {
        return Math.round((double) samples * NANOS_PER_SECOND / OpusStream.RATE);
    }
}
