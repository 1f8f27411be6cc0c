package dev.parley.media.opus;

import dev.parley.media.opus.decoder.MalformedPacket;
import dev.parley.media.opus.decoder.OpusDecoder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The packets of one Opus stream, decoded in order at 48 kHz, mono: the decoder itself mixes stereo down, at half the
 * work. Allocates nothing behind its first packet. One thread at a time.
 */
public final class OpusStream {
    /** Hz of every output. */
    public static final int RATE = 48_000;

    /** Samples of the longest packet, 120 ms (RFC 6716 §3.2.5). */
    public static final int MAX_SAMPLES = OpusDecoder.MAX_SAMPLES;

    private static final int SAMPLES_PER_MILLI = 48;
    private static final int USUAL_SAMPLES = 20 * SAMPLES_PER_MILLI;

    private final OpusHead head;
    private final short[] samples = new short[MAX_SAMPLES];
    /** Made with the first packet: a header alone costs nothing. */
    private @Nullable OpusDecoder decoder;

    private int skip;
    private int lastPacketSamples = USUAL_SAMPLES;
    private int offset;
    private int concealed;

    /** A stream that begins with its next packet. */
    public OpusStream(OpusHead head) {
        this.head = head;
        this.skip = head.preSkip();
    }

    /**
     * Decodes the next packet; {@link #samples()} from {@link #offset()} then holds the result until the next call.
     *
     * @param length 0 when the packet is known to be lost
     * @param discardNanos decoded time to drop at the end, or, negative, at the start
     * @return samples, 0 … {@value #MAX_SAMPLES}
     */
    public int decode(byte[] packet, int at, int length, long discardNanos) {
        int count = decodeOrConceal(packet, at, length);
        lastPacketSamples = count;
        amplify(count);
        long discard = Math.max(-MAX_SAMPLES, Math.min(MAX_SAMPLES, OpusPackets.samples(discardNanos)));
        skip += (int) Math.max(0, -discard);
        int kept = Math.max(0, count - (int) Math.max(0, discard));
        int skipped = Math.min(skip, kept);
        skip -= skipped;
        offset = skipped;
        return kept - skipped;
    }

    /** What was decoded last; belongs to this stream and is reused. */
    public short[] samples() {
        return samples;
    }

    /** Where in {@link #samples()} the result begins. */
    public int offset() {
        return offset;
    }

    /** Packets concealed so far. */
    public int concealed() {
        return concealed;
    }

    private int decodeOrConceal(byte[] packet, int at, int length) {
        if (length > 0) {
            try {
                return decoder().decode(packet, at, length, samples);
            } catch (MalformedPacket damaged) {
                return conceal(durationOf(packet, at, length));
            }
        }
        return conceal(lastPacketSamples);
    }

    private int conceal(int count) {
        concealed++;
        if (decoder == null) {
            Arrays.fill(samples, 0, count, (short) 0);
        } else {
            decoder.conceal(count, samples);
        }
        return count;
    }

    /** What the packet's first bytes promise, if that can be; else as long as the one before. */
    private int durationOf(byte[] packet, int at, int length) {
        int count = OpusPackets.samples(packet, at, length);
        return count > 0 ? count : lastPacketSamples;
    }

    private OpusDecoder decoder() {
        if (decoder == null) {
            decoder = new OpusDecoder();
        }
        return decoder;
    }

    private void amplify(int count) {
        float gain = head.gain();
        if (gain == 1) {
            return;
        }
        for (int i = 0; i < count; i++) {
            int amplified = Math.round(samples[i] * gain);
            samples[i] = (short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, amplified));
        }
    }
}
