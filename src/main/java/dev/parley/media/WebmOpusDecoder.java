package dev.parley.media;

import dev.parley.media.opus.OpusHead;
import dev.parley.media.opus.OpusStream;
import dev.parley.media.resample.FilterBanks;
import dev.parley.media.resample.Resampler;
import dev.parley.media.webm.WebmDemuxer;
import dev.parley.media.webm.WebmListener;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** WebM → Opus packets → 48 kHz → 16 kHz. A recorder restarted in the same stream is decoded afresh, without a gap. */
final class WebmOpusDecoder implements AudioDecoder {
    private final WebmDemuxer demuxer = new WebmDemuxer(new Packets());
    private final Resampler resampler;
    private final byte[] out;

    private @Nullable OpusStream stream;
    private int concealedBefore;
    /** Where the call in progress wants its samples. */
    private PcmSink sink = WebmOpusDecoder::nowhere;

    WebmOpusDecoder(FilterBanks filters) {
        resampler = filters.resampler(OpusStream.RATE);
        out = new byte[resampler.maxBytes(OpusStream.MAX_SAMPLES)];
    }

    @Override
    public void decode(ByteBuffer bytes, PcmSink to) {
        sink = to;
        try {
            demuxer.feed(bytes);
        } finally {
            sink = WebmOpusDecoder::nowhere;
        }
    }

    @Override
    public void finish(PcmSink to) {
        sink = to;
        try {
            demuxer.end();
            give(resampler.finish(out));
        } finally {
            sink = WebmOpusDecoder::nowhere;
        }
    }

    @Override
    public int concealedPackets() {
        return concealedBefore + (stream == null ? 0 : stream.concealed());
    }

    @Override
    public void close() {
        concealedBefore = concealedPackets();
        stream = null;
    }

    private void give(int length) {
        if (length > 0) {
            sink.pcm(out, 0, length);
        }
    }

    private static void nowhere(byte[] buffer, int offset, int length) {
        throw new IllegalStateException("samples outside a call");
    }

    private final class Packets implements WebmListener {
        @Override
        public void opusTrack(byte[] codecPrivate, int channels, long codecDelayNanos) {
            OpusHead head = codecPrivate.length > 0
                    ? OpusHead.parse(codecPrivate)
                    : OpusHead.withoutHeader(channels, codecDelayNanos);
            concealedBefore = concealedPackets();
            stream = new OpusStream(head);
        }

        @Override
        public void packet(byte[] buffer, int offset, int length, long discardNanos) {
            OpusStream current = stream;
            if (current != null) {
                int count = current.decode(buffer, offset, length, discardNanos);
                give(resampler.resample(current.samples(), current.offset(), count, out));
            }
        }
    }
}
