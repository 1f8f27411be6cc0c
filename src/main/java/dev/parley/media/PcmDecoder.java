package dev.parley.media;

import dev.parley.media.resample.FilterBank;
import dev.parley.media.resample.FilterBanks;
import dev.parley.media.resample.Resampler;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** Raw 16 bit little-endian samples of a declared rate, mono or stereo, cut anywhere. */
final class PcmDecoder implements AudioDecoder {
    /** Samples handled together: 100 ms at 48 kHz, so that a usual chunk leaves as one. */
    private static final int BLOCK = 4_800;

    private final boolean stereo;
    private final int frameBytes;
    private final @Nullable Resampler resampler;
    private final short[] block = new short[BLOCK];
    private final byte[] out;

    /** A sample, or pair of samples, of which not all bytes are there yet; little-endian. */
    private int partial;

    private int partialBytes;

    PcmDecoder(int rate, int channels, FilterBanks filters) {
        stereo = channels == 2;
        frameBytes = 2 * channels;
        resampler = rate == FilterBank.OUTPUT_RATE ? null : filters.resampler(rate);
        out = new byte[resampler == null ? 2 * BLOCK : resampler.maxBytes(BLOCK)];
    }

    @Override
    public void decode(ByteBuffer bytes, PcmSink sink) {
        completePartial(bytes, sink);
        if (resampler == null && !stereo && bytes.hasArray()) {
            passOn(bytes, sink);
        } else {
            readFrames(bytes, sink);
        }
        while (bytes.hasRemaining()) { // less than a frame
            partial |= (bytes.get() & 0xFF) << (8 * partialBytes++);
        }
    }

    private void completePartial(ByteBuffer bytes, PcmSink sink) {
        if (partialBytes == 0) {
            return;
        }
        while (partialBytes < frameBytes && bytes.hasRemaining()) {
            partial |= (bytes.get() & 0xFF) << (8 * partialBytes++);
        }
        if (partialBytes == frameBytes) {
            block[0] = stereo ? middle((short) partial, partial >> 16) : (short) partial;
            partial = 0;
            partialBytes = 0;
            give(1, sink);
        }
    }

    /** Samples that are already as they shall be: whole ones leave without being looked at. */
    private static void passOn(ByteBuffer bytes, PcmSink sink) {
        int length = bytes.remaining() & ~1;
        if (length > 0) {
            int from = bytes.position();
            bytes.position(from + length);
            sink.pcm(bytes.array(), bytes.arrayOffset() + from, length);
        }
    }

    private void readFrames(ByteBuffer bytes, PcmSink sink) {
        ByteOrder before = bytes.order();
        bytes.order(ByteOrder.LITTLE_ENDIAN);
        int at = bytes.position();
        while (bytes.limit() - at >= frameBytes) {
            int count = Math.min(BLOCK, (bytes.limit() - at) / frameBytes);
            for (int i = 0; i < count; i++, at += frameBytes) {
                block[i] = stereo ? middle(bytes.getShort(at), bytes.getShort(at + 2)) : bytes.getShort(at);
            }
            give(count, sink);
        }
        bytes.order(before).position(at);
    }

    private static short middle(int left, int right) {
        return (short) ((left + right) >> 1);
    }

    private void give(int count, PcmSink sink) {
        int length;
        if (resampler == null) {
            for (int i = 0; i < count; i++) {
                out[2 * i] = (byte) block[i];
                out[2 * i + 1] = (byte) (block[i] >> 8);
            }
            length = 2 * count;
        } else {
            length = resampler.resample(block, 0, count, out);
        }
        if (length > 0) {
            sink.pcm(out, 0, length);
        }
    }

    @Override
    public void finish(PcmSink sink) {
        int length = resampler == null ? 0 : resampler.finish(out);
        if (length > 0) {
            sink.pcm(out, 0, length);
        }
    }

    @Override
    public boolean workFollowsBytes() {
        return true;
    }

    @Override
    public int concealedPackets() {
        return 0;
    }

    @Override
    public void close() {
        // holds nothing but memory
    }
}
