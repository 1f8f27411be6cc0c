package dev.parley.media;

import dev.parley.media.resample.FilterBank;
import dev.parley.media.resample.FilterBanks;
import dev.parley.media.resample.Resampler;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Raw 16 bit little-endian samples of a declared rate, mono or stereo, cut anywhere. */
final class PcmDecoder implements AudioDecoder {
    /** Samples handled together: 100 ms at 48 kHz, so that a usual chunk leaves as one. */
    private static final int BLOCK = 4_800;

    private final boolean stereo;
    private final @Nullable Resampler resampler;
    private final short[] block = new short[BLOCK];
    private final byte[] out;

    /** A sample, or pair of samples, of which not all bytes are there yet; little-endian. */
    private int partial;

    private int partialBytes;

    PcmDecoder(int rate, int channels, FilterBanks filters) {
        stereo = channels == 2;
        resampler = rate == FilterBank.OUTPUT_RATE ? null : filters.resampler(rate);
        out = new byte[resampler == null ? 2 * BLOCK : resampler.maxBytes(BLOCK)];
    }

    @Override
    public void decode(ByteBuffer bytes, PcmSink sink) {
        int frameBytes = stereo ? 4 : 2;
        int filled = 0;
        while (bytes.remaining() > 0) {
            if (partialBytes == 0 && bytes.remaining() >= frameBytes) {
                int left = sample(bytes);
                block[filled++] = stereo ? middle(left, sample(bytes)) : (short) left;
            } else {
                partial |= (bytes.get() & 0xFF) << (8 * partialBytes);
                if (++partialBytes == frameBytes) {
                    block[filled++] = stereo ? middle((short) partial, partial >> 16) : (short) partial;
                    partial = 0;
                    partialBytes = 0;
                }
            }
            if (filled == BLOCK) {
                give(filled, sink);
                filled = 0;
            }
        }
        if (filled > 0) {
            give(filled, sink);
        }
    }

    private static int sample(ByteBuffer bytes) {
        int low = bytes.get() & 0xFF;
        return low | (bytes.get() << 8);
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
    public int concealedPackets() {
        return 0;
    }

    @Override
    public void close() {
        // holds nothing but memory
    }
}
