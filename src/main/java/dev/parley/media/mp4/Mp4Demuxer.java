package dev.parley.media.mp4;

import dev.parley.media.container.Demuxer;
import dev.parley.media.container.PacketListener;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Finds the packets of the sound track of an MP4 as its bytes arrive: fragmented, or plain with its description before
 * its sound. The walk is flat like that of WebM: box types are unique across the levels that matter. A second
 * description begins a new recording. Memory: one box of at most {@value #MAX_COLLECTED} bytes, one packet, and the
 * tables within their bound.
 */
public final class Mp4Demuxer implements Demuxer {
    /** Bytes of the tables of one live recording: two hours of packets of 20 ms. */
    private static final int MAX_LIVE_TABLES = 2 << 20;
    /** Bytes of the tables of a file: Gemini's longest recording, 9.5 hours, in packets of 10 ms. */
    private static final int MAX_FILE_TABLES = 16 << 20;

    private static final int MAX_COLLECTED = 65_536;
    /** Bytes that a box of no known use may have: past that, it is rather damage. */
    private static final int MAX_UNKNOWN = 1 << 20;
    /** Bytes that a known but unused box may have, and media in which no packet is expected. */
    private static final int MAX_BULK = 16 << 20;

    private final PacketListener listener;
    private final int maxTables;
    private final long maxIdle;
    private final BoxReader reader = new BoxReader(new Walk());

    private long origin;
    private @Nullable Movie movie;
    private @Nullable PacketCollector packets;
    private FragmentRuns fragments = new FragmentRuns();

    /** A demuxer for one live stream. */
    public Mp4Demuxer(PacketListener listener) {
        this(listener, MAX_LIVE_TABLES, MAX_BULK);
    }

    private Mp4Demuxer(PacketListener listener, int maxTables, long maxIdle) {
        this.listener = listener;
        this.maxTables = maxTables;
        this.maxIdle = maxIdle;
    }

    /** A demuxer for one file, whose boxes may be fed in another order than they have there. */
    public static Mp4Demuxer ofFile(PacketListener listener) {
        return new Mp4Demuxer(listener, MAX_FILE_TABLES, Long.MAX_VALUE);
    }

    /** Goes on with the box that begins at this position of the file; a description that was being read is whole. */
    public void seek(long position) {
        movieOver();
        reader.seek(position);
    }

    @Override
    public void feed(ByteBuffer bytes) {
        reader.feed(bytes);
    }

    @Override
    public void end() {
        movieOver();
    }

    private void movieOver() {
        Movie described = movie;
        if (described == null) {
            return;
        }
        movie = null;
        Movie.Sound found = described.sound();
        if (found == null) {
            throw Types.CORRUPT.undecodable("it has no sound track");
        }
        found.table().origin(origin);
        fragments = new FragmentRuns();
        fragments.origin(origin);
        fragments.trex(described.trexSize(found.id()));
        packets = new PacketCollector(found, listener, maxIdle);
        listener.track(found.track());
    }

    private PacketCollector requirePackets() {
        PacketCollector described = packets;
        if (described == null) {
            throw Types.CORRUPT.undecodable(
                    "its description comes behind its sound, so that only the whole file makes sense");
        }
        return described;
    }

    private final class Walk implements BoxReader.Handler {
        @Override
        public int begin(int type, long start, long size) {
            Movie open = movie;
            if (open != null && start >= open.end()) {
                movieOver();
                open = null;
            }
            return switch (type) {
                case Types.FTYP -> {
                    origin = start;
                    yield skip(type, size);
                }
                case Types.MOOV -> {
                    movie = new Movie(reader.position() + bounded(size, MAX_BULK + maxTables), maxTables);
                    yield BoxReader.ENTER;
                }
                case Types.TRAK -> {
                    if (open != null) {
                        open.trak();
                    }
                    yield BoxReader.ENTER;
                }
                case Types.MDIA, Types.MINF, Types.STBL, Types.MVEX -> BoxReader.ENTER;
                case Types.MOOF -> {
                    requirePackets().fragmented(fragments);
                    fragments.moof(start);
                    yield BoxReader.ENTER;
                }
                case Types.TRAF -> BoxReader.ENTER;
                case Types.TFHD, Types.TRUN -> packets != null ? bounded(size, MAX_COLLECTED) : skip(type, size);
                case Types.TKHD, Types.MDHD, Types.HDLR, Types.STSD, Types.TREX ->
                    open != null ? bounded(size, MAX_COLLECTED) : skip(type, size);
                case Types.STSZ, Types.STSC, Types.STCO, Types.CO64 ->
                    open != null && open.wantsTables() ? bounded(size, maxTables) : skip(type, size);
                case Types.MDAT -> {
                    requirePackets();
                    yield BoxReader.PASS;
                }
                default -> skip(type, size);
            };
        }

        private int skip(int type, long size) {
            bounded(size, Types.isKnownBulk(type) ? MAX_BULK : MAX_UNKNOWN);
            return BoxReader.SKIP;
        }

        private int bounded(long size, int max) {
            if (size > max) {
                throw Types.CORRUPT.because("a box of " + size + " bytes");
            }
            return (int) size;
        }

        @Override
        public void collected(int type, ByteBuffer payload) {
            try {
                switch (type) {
                    case Types.TFHD ->
                        fragments.tfhd(payload, requirePackets().sound().id());
                    case Types.TRUN -> fragments.trun(payload);
                    default -> {
                        if (movie != null) {
                            movie.take(type, payload);
                        }
                    }
                }
            } catch (BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException cutOff) {
                throw Types.CORRUPT.because("the description \"" + Types.name(type) + "\" is cut off");
            }
        }

        @Override
        public void payload(ByteBuffer bytes, long position) {
            requirePackets().payload(bytes, position);
        }
    }
}
