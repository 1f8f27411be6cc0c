package dev.parley.media.opus.decoder;

import dev.parley.media.opus.celt.CeltDecoder;
import dev.parley.media.opus.celt.synthesis.Mdct;
import dev.parley.media.opus.decoder.PacketLayout.Mode;
import dev.parley.media.opus.range.RangeDecoder;
import dev.parley.media.opus.silk.SilkDecoder;
import java.util.Arrays;

/**
 * One frame of an Opus packet: SILK, CELT or both, and seamless changes between them (RFC 6716 §4.5; libopus
 * src/opus_decoder.c, opus_decode_frame).
 */
final class FrameDecoder {
    private static final int MILLI = 48;
    private static final int F2_5 = 120;
    private static final int F5 = 240;
    private static final int F10 = 480;
    private static final int F20 = 960;
    private static final int MAX_SILK_FRAME = 60 * MILLI;
    private static final int HYBRID_START = 17;
    private static final byte[] SILENCE = {-1, -1};
    private static final float[] WINDOW = Mdct.squaredWindow();

    private final SilkDecoder silk = new SilkDecoder();
    private final CeltDecoder celt = new CeltDecoder();
    private final RangeDecoder in = new RangeDecoder();
    private final RangeDecoder extraIn = new RangeDecoder();
    private final short[] silkSound = new short[MAX_SILK_FRAME];
    private final float[] before = new float[F5];
    private final float[] extra = new float[F5];

    private Mode previous = Mode.NONE;
    private boolean previousExtra;
    /** Bytes of CELT behind the SILK part of a frame, for the change between the two. */
    private int extraBytes;

    private boolean extraFirst;

    /**
     * Decodes one frame to {@code out} from {@code at}, ±32768.
     *
     * @throws MalformedPacket when it is cut off
     */
    void decode(PacketLayout packet, byte[] data, int from, int length, float[] out, int at) throws MalformedPacket {
        int samples = packet.frameSamples;
        Mode mode = packet.mode;
        if (length <= 1) {
            conceal(packet, samples, out, at);
            return;
        }
        in.start(data, from, length);
        boolean toCelt = mode == Mode.CELT && previous != Mode.CELT && !previousExtra;
        boolean fromCelt = mode != Mode.CELT && previous == Mode.CELT;
        boolean change = previous != Mode.NONE && (toCelt || fromCelt);
        if (change && mode == Mode.CELT) {
            concealPiece(packet, Math.min(F5, samples), before, 0);
        }
        if (mode != Mode.CELT) {
            decodeSilk(packet, samples);
        }
        extraBytes = 0;
        int left = mode == Mode.CELT ? length : readExtra(mode, length);
        boolean extraUsed = extraBytes > 0;
        if (extraUsed) {
            change = false;
        }
        if (change && mode != Mode.CELT) {
            concealPiece(packet, Math.min(F5, samples), before, 0);
        }
        celt.endAt(packet.endBand);
        celt.channels(packet.channels);
        int extraFrom = from + length - extraBytes;
        if (extraUsed && extraFirst) {
            decodeExtra(data, extraFrom);
        }
        boolean whole = decodeCelt(packet, left, samples, out, at);
        if (mode != Mode.CELT) {
            for (int i = 0; i < samples; i++) {
                out[at + i] += silkSound[i];
            }
        }
        if (extraUsed) {
            joinExtra(data, extraFrom, samples, out, at);
        }
        if (change) {
            joinBefore(samples, out, at);
        }
        previous = mode;
        previousExtra = extraUsed && !extraFirst;
        if (!whole) {
            throw new MalformedPacket("a frame that ends before its content");
        }
    }

    private void decodeSilk(PacketLayout packet, int samples) {
        if (previous == Mode.CELT) {
            silk.reset();
        }
        silk.configure(packet.channels, packet.rate);
        int millis = Math.max(10, samples / MILLI);
        for (int done = 0; done < samples; ) {
            done += silk.decode(in, millis, done == 0, silkSound, done);
        }
    }

    /** Finds out what of the frame is for a change of mode; answers the bytes that are left for itself. */
    private int readExtra(Mode mode, int length) {
        boolean hybrid = mode == Mode.HYBRID;
        if (in.tell() + 17 + (hybrid ? 20 : 0) > 8 * length || (hybrid && in.bit(12) == 0)) {
            return length;
        }
        extraFirst = in.bit(1) != 0;
        int bytes = hybrid ? (int) in.uniform(256) + 2 : length - ((in.tell() + 7) >> 3);
        if ((length - bytes) * 8 < in.tell()) {
            return 0;
        }
        extraBytes = bytes;
        in.shorten(bytes);
        return length - bytes;
    }

    private void decodeExtra(byte[] data, int from) {
        celt.startAt(0);
        extraIn.start(data, from, extraBytes);
        if (extraBytes > 1) {
            celt.decode(extraIn, F5, extra, 0);
        } else {
            celt.conceal(F5, extra, 0);
        }
    }

    private boolean decodeCelt(PacketLayout packet, int length, int samples, float[] out, int at) {
        Mode mode = packet.mode;
        celt.startAt(mode == Mode.CELT ? 0 : HYBRID_START);
        if (mode != Mode.SILK) {
            if (mode != previous && previous != Mode.NONE && !previousExtra) {
                celt.reset();
            }
            if (length > 1) {
                return celt.decode(in, samples, out, at);
            }
            celt.conceal(samples, out, at);
            return true;
        }
        Arrays.fill(out, at, at + samples, 0);
        if (previous == Mode.HYBRID && !(extraBytes > 0 && extraFirst && previousExtra)) {
            celt.startAt(0);
            extraIn.start(SILENCE, 0, SILENCE.length);
            celt.decode(extraIn, F2_5, out, at);
        }
        return true;
    }

    private void joinExtra(byte[] data, int from, int samples, float[] out, int at) {
        if (extraFirst) {
            System.arraycopy(extra, 0, out, at, F2_5);
            fade(extra, F2_5, out, at + F2_5, out, at + F2_5);
        } else {
            celt.reset();
            decodeExtra(data, from);
            int end = at + samples - F2_5;
            fade(out, end, extra, F2_5, out, end);
        }
    }

    private void joinBefore(int samples, float[] out, int at) {
        if (samples >= F5) {
            System.arraycopy(before, 0, out, at, F2_5);
            fade(before, F2_5, out, at + F2_5, out, at + F2_5);
        } else {
            fade(before, 0, out, at, out, at);
        }
    }

    private static void fade(float[] from, int fromAt, float[] to, int toAt, float[] out, int at) {
        for (int i = 0; i < F2_5; i++) {
            float w = WINDOW[i];
            out[at + i] = w * to[toAt + i] + (1 - w) * from[fromAt + i];
        }
    }

    /** Makes up {@code samples}, a multiple of 120, to {@code out} from {@code at}. */
    void conceal(PacketLayout packet, int samples, float[] out, int at) {
        int done = 0;
        while (done < samples) {
            done += concealPiece(packet, Math.min(samples - done, packet.frameSamples), out, at + done);
        }
    }

    /** Makes up at most 20 ms; answers the samples. */
    private int concealPiece(PacketLayout packet, int wanted, float[] out, int at) {
        Mode mode = previous;
        if (mode == Mode.NONE) {
            Arrays.fill(out, at, at + wanted, 0);
            return wanted;
        }
        int samples = Math.min(wanted, F20);
        if (samples > F10 && samples < F20) {
            samples = F10;
        } else if (mode != Mode.SILK && samples > F5 && samples < F10) {
            samples = F5;
        }
        celt.channels(packet.channels);
        celt.startAt(mode == Mode.CELT ? 0 : HYBRID_START);
        if (mode == Mode.SILK) {
            Arrays.fill(out, at, at + samples, 0);
        } else {
            celt.conceal(samples, out, at);
        }
        if (mode != Mode.CELT) {
            concealSilk(samples, out, at);
        }
        previousExtra = false;
        return samples;
    }

    private void concealSilk(int samples, float[] out, int at) {
        int millis = Math.max(10, samples / MILLI);
        for (int done = 0; done < samples; ) {
            done += silk.conceal(millis, done == 0, silkSound, done);
        }
        for (int i = 0; i < samples; i++) {
            out[at + i] += silkSound[i];
        }
    }
}
