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
    /** More than any header has, 21 bytes and one for each of 255 channels. */
    private static final int MAX_BYTES = 300;
    /** The longest delay that the header can tell, in samples at 48 kHz. */
    public static final int MAX_PRE_SKIP = 0xFFFF;

    /** A header of mono or stereo sound without gain, for a container that has none. */
    public static byte[] write(int channels, int preSkip) {
        return write(channels, preSkip, OpusStream.RATE, 0, new byte[] {0});
    }

    /**
     * A header.
     *
     * @param rate Hz before encoding; tells, and changes nothing
     * @param gain in 1/256 dB
     * @param mapping family, and for families other than 0 the table behind it
     */
    public static byte[] write(int channels, int preSkip, int rate, int gain, byte[] mapping) {
        ByteBuffer header = ByteBuffer.allocate(MIN_BYTES - 1 + mapping.length).order(ByteOrder.LITTLE_ENDIAN);
        header.putLong(MAGIC).put((byte) 1).put((byte) channels).putShort((short) preSkip);
        return header.putInt(rate).putShort((short) gain).put(mapping).array();
    }

    /**
     * Reads the header.
     *
     * @throws ParleyException {@code UNSUPPORTED_AUDIO} when it is none, or names more than two channels
     */
    public static OpusHead parse(byte[] header) {
        ByteBuffer buffer = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
        if (header.length > MAX_BYTES) {
            throw refused("its Opus header has " + header.length + " bytes");
        }
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
