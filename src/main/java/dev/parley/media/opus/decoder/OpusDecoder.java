package dev.parley.media.opus.decoder;

/**
 * Decodes the packets of one Opus stream, in order, to 48 kHz mono; stereo is mixed down on the way. All memory is taken
 * with the constructor, below 100 KB; decoding takes none. One thread at a time.
 */
public final class OpusDecoder {
    /** Samples of the longest packet, 120 ms. */
    public static final int MAX_SAMPLES = PacketLayout.MAX_SAMPLES;

    /** Rounds a number below 2^22 to the nearest whole one when added and taken away, and that fast. */
    private static final float ROUNDER = 12_582_912;

    private final PacketLayout layout = new PacketLayout();
    private final FrameDecoder frames = new FrameDecoder();
    private final SoftClip clip = new SoftClip();
    private final float[] sound = new float[MAX_SAMPLES];

    /** A stream that begins with its next packet. */
    public OpusDecoder() {}

    /** Samples at 48 kHz of one frame of a packet that begins with this byte (RFC 6716 §3.1, table 2). */
    public static int frameSamples(byte toc) {
        return PacketLayout.frameSamples(toc & 0xFF);
    }

    /**
     * Decodes a packet to the beginning of {@code out}.
     *
     * @param out at least {@value #MAX_SAMPLES} long
     * @return samples, 120 … {@value #MAX_SAMPLES}
     * @throws MalformedPacket when the packet is damaged; it is to be concealed, and the next one may be decoded
     */
    public int decode(byte[] packet, int at, int length, short[] out) throws MalformedPacket {
        layout.read(packet, at, length);
        int from = layout.begin;
        int samples = 0;
        for (int i = 0; i < layout.frames; i++) {
            frames.decode(layout, packet, from, layout.size(i), sound, samples);
            from += layout.size(i);
            samples += layout.frameSamples;
        }
        clip.run(sound, samples);
        round(samples, out);
        return samples;
    }

    /**
     * Makes up what is lost, to the beginning of {@code out}.
     *
     * @param samples a multiple of 120, at most {@value #MAX_SAMPLES}
     */
    public void conceal(int samples, short[] out) {
        frames.conceal(layout, samples, sound, 0);
        round(samples, out);
    }

    private void round(int samples, short[] out) {
        for (int i = 0; i < samples; i++) {
            float x = Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, sound[i]));
            out[i] = (short) (x + ROUNDER - ROUNDER);
        }
    }
}
