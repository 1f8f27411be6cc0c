package dev.parley.media.webm;

import dev.parley.media.container.AudioTrack;
import dev.parley.media.container.Demuxer;
import dev.parley.media.container.PacketListener;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the packets of the first Opus track of a WebM or Matroska stream as its bytes arrive.
 *
 * <p>Element IDs are unique across the levels that matter, so the walk is flat: it enters segments, clusters and block
 * groups without keeping a stack, and known and unknown sizes, damaged nesting and hostile depth are all one case. A
 * second EBML header begins a new recording. Memory: one element of at most {@value #MAX_COLLECTED} bytes, and one
 * block that waits for its group to end.
 */
public final class WebmDemuxer implements Demuxer {
    /** Bytes of the largest block or track description that is read: fifty times what speech needs. */
    private static final int MAX_COLLECTED = 65_536;
    /** Bytes that an element of no known use may have: past that, it is rather damage. */
    private static final int MAX_UNKNOWN = 16_384;
    /** Bytes that a known but unused element, such as the frame of a video track, may have. */
    private static final int MAX_BULK = 16 << 20;

    private static final int MAX_DOC_TYPE = 64;
    private static final int MAX_NUMBER = 8;
    private static final int MAX_CODECS_NAMED = 8;

    private final PacketListener listener;
    private final ElementReader reader = new ElementReader(new Walk());
    private final Block block = new Block();
    private final List<String> otherCodecs = new ArrayList<>();
    private @Nullable Track track;
    /** The listener knows that no track of this recording can be taken, and did not mind. */
    private boolean unusable;

    private boolean inGroup;
    private long groupEnd;
    private byte[] groupBlock = {};
    private int groupBlockLength;
    private long groupDiscardNanos;

    /** A demuxer for one stream. */
    public WebmDemuxer(PacketListener listener) {
        this.listener = listener;
    }

    @Override
    public void feed(ByteBuffer bytes) {
        reader.feed(bytes);
    }

    @Override
    public void end() {
        endGroup();
    }

    private void restart() {
        track = null;
        unusable = false;
        otherCodecs.clear();
    }

    private static void docType(String type) {
        String name = type.replace("\0", "");
        if (!name.equals("webm") && !name.equals("matroska")) {
            throw Ids.CORRUPT.undecodable("its header names a format of its own: " + name.replaceAll("[^ -~]", "?"));
        }
    }

    private static long signed(byte[] buffer, int length) {
        long value = buffer[0];
        for (int i = 1; i < length; i++) {
            value = (value << 8) | (buffer[i] & 0xFF);
        }
        return value;
    }

    private void trackEntry(byte[] entry, int length) {
        Track candidate = Track.parse(entry, length);
        if (track != null) {
            return;
        }
        if (!candidate.isOpus()) {
            if (otherCodecs.size() < MAX_CODECS_NAMED) {
                otherCodecs.add(candidate.codec());
            }
            return;
        }
        if (candidate.encoded()) {
            throw Ids.CORRUPT.undecodable("its Opus track is encrypted or compressed a second time");
        }
        track = candidate;
        listener.track(AudioTrack.opus(candidate.opusHead()));
    }

    private void requireTrack() {
        if (track == null && !unusable) {
            if (otherCodecs.isEmpty()) {
                throw Ids.CORRUPT.because("sound comes before the description of its track");
            }
            unusable = true;
            listener.track(AudioTrack.other(String.join(", ", otherCodecs)));
        }
    }

    private void beginGroup(long end) {
        inGroup = true;
        groupEnd = end;
        groupBlockLength = 0;
        groupDiscardNanos = 0;
    }

    private void endGroup() {
        if (inGroup && groupBlockLength > 0) {
            block.deliver(groupBlock, groupBlockLength, groupDiscardNanos, listener);
        }
        inGroup = false;
        groupBlockLength = 0;
    }

    private void holdForGroup(byte[] buffer, int length) {
        if (groupBlock.length < length) {
            groupBlock = new byte[Math.max(length, 2 * groupBlock.length)];
        }
        System.arraycopy(buffer, 0, groupBlock, 0, length);
        groupBlockLength = length;
    }

    /** The elements of the stream, in order. */
    private final class Walk implements ElementReader.Handler {
        @Override
        public int begin(int id, long size) {
            if (inGroup && (Ids.isTopLevel(id) || id == Ids.SIMPLE_BLOCK || id == Ids.BLOCK_GROUP)) {
                endGroup();
            }
            if (inGroup && size > groupEnd - reader.position()) {
                throw Ids.CORRUPT.because("a block larger than the group it is in");
            }
            return switch (id) {
                case Ids.EBML -> {
                    restart();
                    yield ElementReader.ENTER;
                }
                case Ids.SEGMENT, Ids.TRACKS -> ElementReader.ENTER;
                case Ids.CLUSTER -> {
                    requireTrack();
                    yield ElementReader.ENTER;
                }
                case Ids.BLOCK_GROUP -> {
                    if (size == ElementReader.UNKNOWN_SIZE) {
                        throw Ids.CORRUPT.because("a group of blocks without a length");
                    }
                    bounded(size, MAX_BULK);
                    beginGroup(reader.position() + size);
                    yield ElementReader.ENTER;
                }
                case Ids.DOC_TYPE -> bounded(size, MAX_DOC_TYPE);
                case Ids.TRACK_ENTRY -> bounded(size, MAX_COLLECTED);
                case Ids.DISCARD_PADDING -> bounded(size, MAX_NUMBER);
                case Ids.SIMPLE_BLOCK, Ids.BLOCK -> {
                    bounded(size, MAX_BULK);
                    yield Block.TRACK_BYTES;
                }
                default -> skip(id, size);
            };
        }

        private int skip(int id, long size) {
            if (size == ElementReader.UNKNOWN_SIZE && Ids.isTopLevel(id)) {
                return ElementReader.ENTER;
            }
            bounded(size, Ids.isKnownBulk(id) ? MAX_BULK : MAX_UNKNOWN);
            return 0;
        }

        private int bounded(long size, int max) {
            if (size > max) {
                throw Ids.CORRUPT.because("an element of " + size + " bytes");
            }
            return (int) size;
        }

        @Override
        public int collected(int id, long size, byte[] buffer, int length) {
            switch (id) {
                case Ids.DOC_TYPE -> docType(new String(buffer, 0, length, StandardCharsets.ISO_8859_1));
                case Ids.TRACK_ENTRY -> trackEntry(buffer, length);
                case Ids.DISCARD_PADDING -> groupDiscardNanos = signed(buffer, length);
                default -> {
                    return blockBytes(id, size, buffer, length);
                }
            }
            return 0;
        }

        private int blockBytes(int id, long size, byte[] buffer, int length) {
            if (track == null || Block.track(buffer, length) != track.number()) {
                return 0;
            }
            if (length < size) {
                return bounded(size, MAX_COLLECTED);
            }
            if (id == Ids.BLOCK && inGroup) {
                holdForGroup(buffer, length);
            } else {
                block.deliver(buffer, length, 0, listener);
            }
            return 0;
        }

        @Override
        public void between() {
            if (inGroup && reader.position() >= groupEnd) {
                endGroup();
            }
        }
    }
}
