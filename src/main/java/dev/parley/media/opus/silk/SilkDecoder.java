package dev.parley.media.opus.silk;

import dev.parley.media.opus.range.RangeDecoder;
import dev.parley.media.opus.table.Tables;

/**
 * SILK frames to 48 kHz mono (RFC 6716 §4.2; libopus silk/dec_API.c). Of stereo only the middle is made sound; the side
 * is read, because what follows lies behind it. Allocates nothing after construction. One stream, one thread at a time.
 */
public final class SilkDecoder {
    private static final short[] JOINT = Tables.SILK.row("stereoPredictionJoint");
    private static final short[] UNIFORM_3 = Tables.SILK.row("uniform3");
    private static final short[] UNIFORM_5 = Tables.SILK.row("uniform5");
    private static final int ONLY_MIDDLE = 64;

    private final ChannelReader middle = new ChannelReader();
    private final ChannelReader side = new ChannelReader();
    private final PulseReader pulses = new PulseReader();
    private final Synthesis voice = new Synthesis();
    private final Upsampler upsampler = new Upsampler();
    /** Two samples of the frame before, then this one. */
    private final short[] sound = new short[Synthesis.MAX_FRAME + 2];

    private int channels = 1;
    private int previousChannels;
    private int rate = 16;
    private boolean onlyMiddle;
    private boolean previousOnlyMiddle;

    /** A decoder that has heard nothing. */
    public SilkDecoder() {
        reset();
    }

    /** Forgets everything it heard. */
    public void reset() {
        middle.reset();
        side.reset();
        voice.reset();
        upsampler.reset();
        sound[0] = 0;
        sound[1] = 0;
        previousOnlyMiddle = false;
    }

    /**
     * What the next packets are.
     *
     * @param khz 8, 12 or 16
     */
    public void configure(int channelCount, int khz) {
        channels = channelCount;
        rate = khz;
    }

    /**
     * Decodes the next frame of a packet, 10 or 20 ms, to {@code out} from {@code at}.
     *
     * @param millis of the whole packet: 10, 20, 40 or 60
     * @param first of the packet
     * @return samples
     */
    public int decode(RangeDecoder in, int millis, boolean first, short[] out, int at) {
        begin(millis, first);
        int frame = middle.framesDecoded;
        if (frame == 0) {
            readFlags(in);
        }
        onlyMiddle = false;
        if (channels == 2) {
            skipStereoPrediction(in);
            onlyMiddle = !side.isActive(frame) && in.binary(ONLY_MIDDLE) != 0;
        }
        int coding = frame == 0 ? ChannelReader.INDEPENDENT : ChannelReader.CONDITIONAL;
        read(in, middle, frame, false, coding);
        voice.decode(middle, pulses.pulses, coding == ChannelReader.CONDITIONAL, sound, 2);
        middle.framesDecoded++;
        if (channels == 2) {
            if (!onlyMiddle) {
                boolean gap = frame > 0 && previousOnlyMiddle;
                read(in, side, frame, false, gap ? ChannelReader.INDEPENDENT_UNSCALED : coding);
            }
            side.framesDecoded++;
        }
        previousOnlyMiddle = onlyMiddle;
        return upsample(out, at);
    }

    /** Conceals a lost frame of 10 or 20 ms. */
    public int conceal(int millis, boolean first, short[] out, int at) {
        begin(millis, first);
        voice.conceal(middle, sound, 2);
        middle.framesDecoded++;
        return upsample(out, at);
    }

    private void begin(int millis, boolean first) {
        if (first) {
            middle.framesDecoded = 0;
            side.framesDecoded = 0;
        }
        if (channels > previousChannels) {
            side.reset();
        }
        previousChannels = channels;
        if (middle.framesDecoded == 0) {
            middle.configure(rate, millis);
            side.configure(rate, millis);
            voice.configure(rate);
            upsampler.configure(rate);
        }
    }

    private void readFlags(RangeDecoder in) {
        middle.flags(in);
        if (channels == 2) {
            side.flags(in);
        }
        middle.redundantFlags(in);
        if (channels == 2) {
            side.redundantFlags(in);
        }
        for (int i = 0; i < middle.framesPerPacket; i++) {
            if (middle.isRedundant(i)) {
                if (channels == 2) {
                    skipStereoPrediction(in);
                    if (!side.isRedundant(i)) {
                        in.binary(ONLY_MIDDLE);
                    }
                }
                skipRedundant(in, middle, i);
            }
            if (channels == 2 && side.isRedundant(i)) {
                skipRedundant(in, side, i);
            }
        }
    }

    private void skipRedundant(RangeDecoder in, ChannelReader channel, int frame) {
        boolean conditional = frame > 0 && channel.isRedundant(frame - 1);
        read(in, channel, frame, true, conditional ? ChannelReader.CONDITIONAL : ChannelReader.INDEPENDENT);
    }

    private void read(RangeDecoder in, ChannelReader channel, int frame, boolean redundant, int coding) {
        channel.read(in, frame, redundant, coding);
        pulses.read(in, channel.signalType, channel.offsetType, channel.frameLength);
    }

    /** How the side follows from the middle: of no use for the middle alone. */
    private static void skipStereoPrediction(RangeDecoder in) {
        in.symbol(JOINT);
        for (int i = 0; i < 2; i++) {
            in.symbol(UNIFORM_3);
            in.symbol(UNIFORM_5);
        }
    }

    private int upsample(short[] out, int at) {
        int length = middle.frameLength;
        int written = upsampler.run(sound, 1, length, out, at);
        sound[0] = sound[length];
        sound[1] = sound[length + 1];
        return written;
    }
}
