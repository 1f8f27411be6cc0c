package dev.parley.media.recording.remux;

import dev.parley.media.container.Container;
import dev.parley.media.container.Demuxer;
import dev.parley.media.mp4.Mp4Demuxer;
import dev.parley.media.recording.check.Nonsense;
import dev.parley.media.recording.check.RecordingFile;
import dev.parley.media.webm.WebmDemuxer;
import dev.parley.shared.failure.ParleyException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Puts the packets of a WebM or MP4 file into another one, unchanged. Every byte is read once, whatever headers say. */
public final class Remuxer {
    private static final int PIECE = 65_536;
    /** Boxes before the description of an MP4: a handful in any real one. */
    private static final int MAX_BOXES = 100_000;

    private static final int MOOV = 0x6D6F6F76;

    /**
     * What came of it.
     *
     * @param other the codec's name when it is one whose packets have no place elsewhere, and there is no file; else
     *     null
     * @param codec "Opus" or "AAC" when there is a file
     * @param mimeType of the new file
     */
    public record Remuxed(@Nullable String other, String codec, String mimeType, Duration duration) {}

    private Remuxer() {}

    /**
     * Remuxes.
     *
     * @param container WEBM or MP4
     * @param target does not exist yet; what is left of it after a failure is the caller's to delete
     * @throws ParleyException {@code UNSUPPORTED_AUDIO} when the file is damaged or holds no sound
     */
    public static Remuxed remux(RecordingFile source, Container container, Path target) throws IOException {
        try (PacketFile packets = new PacketFile(target)) {
            Demuxer demuxer = container == Container.MP4
                    ? mp4(source, packets)
                    : feed(source, new WebmDemuxer(packets), packets, 0, source.size());
            if (packets.other() == null) {
                demuxer.end();
            }
            String other = packets.other();
            if (other == null && packets.packets() == 0) {
                throw Nonsense.in(container.title(), "it holds no sound");
            }
            return other != null
                    ? new Remuxed(other, "", "", Duration.ZERO)
                    : new Remuxed(
                            null,
                            packets.isOgg() ? "Opus" : "AAC",
                            packets.isOgg() ? "audio/ogg" : "audio/aac",
                            packets.finish());
        }
    }

    /** The description first, wherever it is; then the rest, in order. */
    private static Demuxer mp4(RecordingFile source, PacketFile packets) {
        Mp4Demuxer demuxer = Mp4Demuxer.ofFile(packets);
        long at = 0;
        for (int i = 0; i < MAX_BOXES && at < source.size(); i++) {
            ByteBuffer header = source.read(at, 16);
            if (header.limit() < 8) {
                break;
            }
            long size = header.getInt(0) & 0xFFFF_FFFFL;
            if (size == 1 && header.limit() == 16) {
                size = header.getLong(8);
            }
            if (header.getInt(4) == MOOV) {
                long end = size < 8 ? source.size() : Math.min(source.size(), at + size);
                demuxer.seek(at);
                feed(source, demuxer, packets, at, end);
                demuxer.seek(0);
                feed(source, demuxer, packets, 0, at);
                demuxer.seek(end);
                return feed(source, demuxer, packets, end, source.size());
            }
            if (size < 8) {
                break;
            }
            at += Math.min(size, source.size() - at);
        }
        throw Nonsense.in(
                Container.MP4.title(), "it breaks off before the description that belongs at its end, or has none");
    }

    private static Demuxer feed(RecordingFile source, Demuxer demuxer, PacketFile packets, long from, long to) {
        for (long at = from; at < to && packets.other() == null; ) {
            ByteBuffer piece = source.read(at, (int) Math.min(PIECE, to - at));
            if (!piece.hasRemaining()) {
                break;
            }
            at += piece.remaining();
            demuxer.feed(piece);
        }
        return demuxer;
    }
}
