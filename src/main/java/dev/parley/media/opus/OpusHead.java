package dev.parley.media.opus;

import dev.parley.shared.failure.FailureKind;
import dev.parley.shared.failure.ParleyException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The identification header of an Opus stream (RFC 7845 §5.1).
 *
 * @param preSkip samples at 48 kHz to drop from the decoder's first output
 * @param gain what to amplify by, as a factor; 1 is unchanged
 */
public record OpusHead(int preSkip, float gain) {
    private static final long MAGIC = 0x646165487375704FL; // "OpusHead", little-endian
    private static final int MIN_BYTES = 19;
    private static final int MAX_PRE_SKIP = 0xFFFF;

    /** What a container says that has no header: no gain, a delay in nanoseconds. */
    public static OpusHead withoutHeader(int channels, long delayNanos) {
        requireMonoOrStereo(channels);
        long samples = Math.max(0, Math.min(MAX_PRE_SKIP, delayNanos / 1000 * 48 / 1000));
        return new OpusHead((int) samples, 1);
    }

    /**
     * Reads the header.
     *
     * @throws ParleyException {@code UNSUPPORTED_AUDIO} when it is none, or names more than two channels
     */
    public static OpusHead parse(byte[] header) {
        ByteBuffer buffer = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
        if (header.length < MIN_BYTES || buffer.getLong() != MAGIC) {
            throw refused("its Opus header is damaged");
        }
        int version = buffer.get() & 0xFF;
        if (version > 15) {
            throw refused("its Opus header is of the unknown version " + version);
        }
        int channels = buffer.get() & 0xFF;
        int preSkip = buffer.getShort() & 0xFFFF;
        buffer.getInt(); // the rate before encoding: Opus itself always runs at 48 kHz
        double gainDecibels = buffer.getShort() / 256.0;
        int mappingFamily = buffer.get() & 0xFF;
        requireMonoOrStereo(channels);
        if (mappingFamily != 0 && (!buffer.hasRemaining() || buffer.get() != 1)) {
            throw refused("its sound is spread over several Opus streams");
        }
        return new OpusHead(preSkip, (float) Math.pow(10, gainDecibels / 20));
    }

    private static void requireMonoOrStereo(int channels) {
        if (channels != 1 && channels != 2) {
            throw refused("it has " + channels + " channels");
        }
    }

    private static ParleyException refused(String why) {
        return new ParleyException(
                FailureKind.UNSUPPORTED_AUDIO,
                "The Opus recording cannot be decoded: " + why + ". Record mono or stereo audio/webm;codecs=opus.");
    }
}
