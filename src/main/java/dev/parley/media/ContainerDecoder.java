package dev.parley.media;

import dev.parley.media.aac.AdtsFrames;
import dev.parley.media.container.AudioTrack;
import dev.parley.media.container.Container;
import dev.parley.media.container.CorruptContainer;
import dev.parley.media.container.Demuxer;
import dev.parley.media.container.PacketListener;
import dev.parley.media.mp4.Mp4Demuxer;
import dev.parley.media.ogg.OggDemuxer;
import dev.parley.media.opus.OpusHead;
import dev.parley.media.opus.OpusStream;
import dev.parley.media.resample.FilterBanks;
import dev.parley.media.resample.Resampler;
import dev.parley.media.webm.WebmDemuxer;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * WebM, Ogg or MP4 → Opus packets → 48 kHz → 16 kHz; AAC packets go as ADTS frames to what {@link LateDecoders}
 * opens. A recorder restarted in the same stream is decoded on, without a gap.
 */
final class ContainerDecoder implements AudioDecoder {
    private final CorruptContainer corrupt;
    private final Demuxer demuxer;
    private final @Nullable LateDecoders late;
    private final Runnable wakeUp;
    private final Resampler resampler;
    private final byte[] out;

    private @Nullable OpusStream opus;
    private @Nullable AudioDecoder aac;
    private @Nullable AdtsFrames adts;
    private int concealedBefore;
    /** Where the call in progress wants its samples. */
    private PcmSink sink = ContainerDecoder::nowhere;

    /** For one of WebM, Ogg and MP4; without {@code late}, AAC is refused. */
    ContainerDecoder(Container container, FilterBanks filters, @Nullable LateDecoders late, Runnable wakeUp) {
        this.late = late;
        this.wakeUp = wakeUp;
        corrupt = new CorruptContainer(container);
        resampler = filters.resampler(OpusStream.RATE);
        out = new byte[resampler.maxBytes(OpusStream.MAX_SAMPLES)];
        PacketListener packets = new Packets();
        demuxer = switch (container) {
            case WEBM -> new WebmDemuxer(packets);
            case OGG -> new OggDemuxer(packets);
            case MP4 -> new Mp4Demuxer(packets);
            default -> throw new IllegalArgumentException(container.title());
        };
    }

    @Override
    public void decode(ByteBuffer bytes, PcmSink to) {
        sink = to;
        try {
            demuxer.feed(bytes);
        } finally {
            sink = ContainerDecoder::nowhere;
        }
    }

    @Override
    public void finish(PcmSink to) {
        sink = to;
        try {
            demuxer.end();
            give(resampler.finish(out));
            if (aac != null) {
                aac.finish(to);
            }
        } finally {
            sink = ContainerDecoder::nowhere;
        }
    }

    @Override
    public boolean poll(PcmSink to) {
        return aac != null && aac.poll(to);
    }

    @Override
    public int concealedPackets() {
        return concealedBefore + (opus == null ? 0 : opus.concealed()) + (aac == null ? 0 : aac.concealedPackets());
    }

    @Override
    public void close() {
        concealedBefore = concealedPackets();
        opus = null;
        AudioDecoder open = aac;
        aac = null;
        if (open != null) {
            open.close();
        }
    }

    private void give(int length) {
        if (length > 0) {
            sink.pcm(out, 0, length);
        }
    }

    private static void nowhere(byte[] buffer, int offset, int length) {
        throw new IllegalStateException("samples outside a call");
    }

    private final class Packets implements PacketListener {
        @Override
        public void track(AudioTrack track) {
            boolean begun = opus != null || aac != null;
            if (begun && (track.codec() == AudioTrack.Codec.AAC) != (aac != null)) {
                throw corrupt.undecodable("it goes on with another codec");
            }
            switch (track.codec()) {
                case OPUS -> {
                    concealedBefore = concealedPackets();
                    opus = new OpusStream(OpusHead.parse(track.header()));
                }
                case AAC -> {
                    // Each frame says what it is, so that a recorder's restart needs no other decoder.
                    adts = new AdtsFrames(track.header());
                    if (aac == null) {
                        aac = DeclaredAudio.requireAac("The recording", late).open(wakeUp);
                    }
                }
                case OTHER -> throw corrupt.undecodable("it has no Opus track, only " + track.name());
            }
        }

        @Override
        public void packet(byte[] buffer, int offset, int length, long discardNanos) {
            OpusStream current = opus;
            if (current != null) {
                int count = current.decode(buffer, offset, length, discardNanos);
                give(resampler.resample(current.samples(), current.offset(), count, out));
            } else if (aac != null && adts != null && length > 0 && length <= AdtsFrames.MAX_PACKET) {
                byte[] frame = adts.frame(buffer, offset, length);
                aac.decode(ByteBuffer.wrap(frame, 0, AdtsFrames.HEADER_BYTES + length), sink);
            }
        }
    }
}
