package dev.parley.performance;

import dev.parley.media.container.AudioTrack;
import dev.parley.media.container.Container;
import dev.parley.media.container.Demuxer;
import dev.parley.media.container.PacketListener;
import dev.parley.media.mp4.Mp4Demuxer;
import dev.parley.media.ogg.OggDemuxer;
import dev.parley.media.opus.OpusHead;
import dev.parley.media.webm.WebmDemuxer;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * A browser's recording of the corpus: the chunks in which it was delivered, and the Opus packets in it.
 *
 * @param chunks positions are for the user to rewind
 */
record RecordedStream(Container container, List<ByteBuffer> chunks, OpusHead opusHead, List<byte[]> packets) {
    static RecordedStream of(String file) {
        Container container =
                file.endsWith(".webm") ? Container.WEBM : file.endsWith(".ogg") ? Container.OGG : Container.MP4;
        List<ByteBuffer> chunks = chunks(file);
        Packets found = new Packets();
        Demuxer demuxer = demuxer(container, found);
        chunks.forEach(chunk -> demuxer.feed(chunk.duplicate()));
        demuxer.end();
        return new RecordedStream(container, chunks, found.opusHead, found.packets);
    }

    /** A new demuxer for this recording. */
    Demuxer demuxer(PacketListener listener) {
        return demuxer(container, listener);
    }

    private static Demuxer demuxer(Container container, PacketListener listener) {
        return switch (container) {
            case WEBM -> new WebmDemuxer(listener);
            case OGG -> new OggDemuxer(listener);
            default -> new Mp4Demuxer(listener);
        };
    }

    private static List<ByteBuffer> chunks(String file) {
        byte[] bytes = resource(file);
        List<ByteBuffer> chunks = new ArrayList<>();
        int at = 0;
        try (var reader = Json.createReader(open("index.json"))) {
            for (JsonObject entry : reader.readArray().getValuesAs(JsonObject.class)) {
                if (entry.getString("file").equals(file)) {
                    for (JsonArray chunk : entry.getJsonArray("chunks").getValuesAs(JsonArray.class)) {
                        chunks.add(ByteBuffer.wrap(bytes, at, chunk.getInt(1)).slice());
                        at += chunk.getInt(1);
                    }
                }
            }
        }
        return chunks;
    }

    private static byte[] resource(String file) {
        try (InputStream in = open(file)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream open(String file) {
        return Objects.requireNonNull(RecordedStream.class.getResourceAsStream("/corpus/" + file), file);
    }

    private static final class Packets implements PacketListener {
        private final List<byte[]> packets = new ArrayList<>();
        private OpusHead opusHead = OpusHead.parse(OpusHead.write(1, 0));

        @Override
        public void track(AudioTrack track) {
            opusHead = OpusHead.parse(track.header());
        }

        @Override
        public void packet(byte[] buffer, int offset, int length, long discardNanos) {
            packets.add(Arrays.copyOfRange(buffer, offset, offset + length));
        }
    }
}
