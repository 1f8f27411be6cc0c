package dev.parley.media.aac;

import dev.parley.shared.failure.FailureKind;
import dev.parley.shared.failure.ParleyException;
import java.util.Arrays;

/**
 * Puts the seven bytes of an ADTS header before each packet of an AAC track (ISO 14496-3 §1.A.2.2). HE-AAC goes as the
 * AAC-LC it is built on: a decoder finds the rest inside the packets (§1.6.5, implicit signalling).
 */
public final class AdtsFrames {
    /** Bytes before each packet. */
    public static final int HEADER_BYTES = 7;

    /** Bytes of the longest packet that a header can describe. */
    public static final int MAX_PACKET = (1 << 13) - 1 - HEADER_BYTES;

    private static final int[] RATES = {
        96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000, 7_350
    };
    private static final int EXPLICIT_RATE = 15;
    private static final int EXTENDED_TYPE = 31;
    private static final int MAIN = 1;
    private static final int LTP = 4;
    private static final int SBR = 5;
    private static final int PARAMETRIC_STEREO = 29;
    private static final int MAX_CHANNELS = 7;

    private final int profile;
    private final int rateIndex;
    private final int channels;
    private byte[] frame = new byte[1024];

    /**
     * Understands a track's AudioSpecificConfig (§1.6.2.1).
     *
     * @throws ParleyException {@code UNSUPPORTED_AUDIO} when ADTS cannot carry such a track
     */
    public AdtsFrames(byte[] audioSpecificConfig) {
        Bits bits = new Bits(audioSpecificConfig);
        int type = objectType(bits);
        rateIndex = rateIndex(bits);
        channels = bits.take(4);
        if (type == SBR || type == PARAMETRIC_STEREO) {
            rateIndex(bits); // of the extension; the frames run at the first one
            type = objectType(bits);
        }
        if (type < MAIN || type > LTP) {
            throw refused("it is of the object type " + type);
        }
        if (bits.take(1) == 1) {
            throw refused("its frames are of 960 samples");
        }
        if (channels < 1 || channels > MAX_CHANNELS) {
            throw refused("its channels are arranged in a way of its own");
        }
        profile = type - 1;
    }

    /** Hz at which frames of 1024 samples follow each other. */
    public int rate() {
        return RATES[rateIndex];
    }

    /**
     * The frame that carries this packet.
     *
     * @param length at most {@link #MAX_PACKET}
     * @return reused with the next call; its length is {@code HEADER_BYTES + length}
     */
    public byte[] frame(byte[] packet, int offset, int length) {
        int total = HEADER_BYTES + length;
        if (frame.length < total) {
            frame = Arrays.copyOf(frame, Math.max(total, 2 * frame.length));
        }
        frame[0] = (byte) 0xFF;
        frame[1] = (byte) 0xF1; // MPEG-4, layer 0, no checksum
        frame[2] = (byte) (profile << 6 | rateIndex << 2 | channels >> 2);
        frame[3] = (byte) ((channels & 3) << 6 | total >> 11);
        frame[4] = (byte) (total >> 3);
        frame[5] = (byte) ((total & 7) << 5 | 0x1F); // of the buffer fullness, all ones: variable bit rate
        frame[6] = (byte) 0xFC;
        System.arraycopy(packet, offset, frame, HEADER_BYTES, length);
        return frame;
    }

    private static int objectType(Bits bits) {
        int type = bits.take(5);
        return type == EXTENDED_TYPE ? 32 + bits.take(6) : type;
    }

    private static int rateIndex(Bits bits) {
        int index = bits.take(4);
        if (index == EXPLICIT_RATE) {
            int rate = bits.take(24);
            for (index = 0; index < RATES.length; index++) {
                if (RATES[index] == rate) {
                    return index;
                }
            }
            throw refused("its sampling rate is " + rate + " Hz");
        }
        if (index >= RATES.length) {
            throw refused("its sampling rate is unknown");
        }
        return index;
    }

    private static ParleyException refused(String why) {
        return new ParleyException(
                FailureKind.UNSUPPORTED_AUDIO,
                "The AAC recording cannot be read: " + why + ". Record AAC-LC in mono or stereo.");
    }

    /** Most significant first; zeros behind the end. */
    private static final class Bits {
        private final byte[] bytes;
        private int next;

        Bits(byte[] bytes) {
            this.bytes = bytes;
        }

        int take(int count) {
            int value = 0;
            for (int i = 0; i < count; i++, next++) {
                int bit = next / 8 < bytes.length ? bytes[next / 8] >> (7 - next % 8) & 1 : 0;
                value = value << 1 | bit;
            }
            return value;
        }
    }
}
