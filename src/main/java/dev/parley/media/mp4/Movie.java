package dev.parley.media.mp4;

import dev.parley.media.container.AudioTrack;
import dev.parley.media.opus.OpusStream;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The description of a recording, box by box as it comes (ISO 14496-12 §8.2–8.8): of its sound tracks the first with
 * Opus, else the first with AAC, else the first.
 */
final class Movie {
    private static final int MAX_TRACKS = 64;
    private static final int VERSION_0_TIMES = 8;
    private static final int VERSION_1_TIMES = 16;

    /** One sound track. */
    static final class Sound {
        private final int id;
        private final AudioTrack track;
        private final SampleTable table;
        private final long duration;

        private Sound(int id, AudioTrack track, SampleTable table, long duration) {
            this.id = id;
            this.track = track;
            this.table = table;
            this.duration = duration;
        }

        int id() {
            return id;
        }

        AudioTrack track() {
            return track;
        }

        SampleTable table() {
            return table;
        }

        /** Samples at 48 kHz, what is to be skipped included; 0 when the description does not say. */
        long duration() {
            return duration;
        }
    }

    private final long end;
    private final int maxTableBytes;
    private int tableBytes;
    private @Nullable Sound best;
    private final Map<Integer, Integer> trexSizes = new HashMap<>();

    private int id;
    private boolean sound;
    private long timescale;
    private long mediaDuration;
    private @Nullable AudioTrack track;
    private SampleTable table = new SampleTable();

    /**
     * A description that begins.
     *
     * @param end position of the first byte behind it
     */
    Movie(long end, int maxTableBytes) {
        this.end = end;
        this.maxTableBytes = maxTableBytes;
    }

    long end() {
        return end;
    }

    /** The next track begins. */
    void trak() {
        trackOver();
        id = 0;
        sound = false;
        timescale = 0;
        mediaDuration = 0;
        track = null;
        table = new SampleTable();
    }

    /** The sound that is taken, once the description is over; null when there is none. */
    @Nullable
    Sound sound() {
        trackOver();
        track = null;
        return best;
    }

    /** Bytes of samples of this track that say nothing of their own. */
    int trexSize(int trackId) {
        return trexSizes.getOrDefault(trackId, 0);
    }

    /** Whether the tables of the track at hand are wanted. */
    boolean wantsTables() {
        return sound;
    }

    void take(int type, ByteBuffer payload) {
        switch (type) {
            case Types.TKHD -> id = payload.getInt(4 + times(payload));
            case Types.HDLR -> {
                // QuickTime has a second one, about where the data is.
                if (payload.getInt(4) != Types.DHLR) {
                    sound = payload.getInt(8) == Types.SOUN;
                }
            }
            case Types.MDHD -> {
                int times = times(payload);
                timescale = payload.getInt(4 + times) & 0xFFFF_FFFFL;
                mediaDuration = times == VERSION_1_TIMES
                        ? payload.getLong(8 + times)
                        : payload.getInt(8 + times) & 0xFFFF_FFFFL;
            }
            case Types.STSD -> track = sound ? SampleEntry.parse(payload) : null;
            case Types.TREX -> {
                if (trexSizes.size() < MAX_TRACKS) {
                    trexSizes.put(payload.getInt(4), payload.getInt(16));
                }
            }
            default -> {
                tableBytes += payload.remaining();
                if (tableBytes > maxTableBytes) {
                    throw Types.CORRUPT.because("tables of more than " + maxTableBytes + " bytes");
                }
                table.take(type, payload);
            }
        }
    }

    private static int times(ByteBuffer payload) {
        return payload.get(0) == 1 ? VERSION_1_TIMES : VERSION_0_TIMES;
    }

    private void trackOver() {
        AudioTrack found = track;
        if (found != null && (best == null || found.codec().compareTo(best.track.codec()) < 0)) {
            best = new Sound(id, found, table, duration());
        }
    }

    private long duration() {
        boolean known = timescale > 0 && mediaDuration > 0 && mediaDuration < Long.MAX_VALUE / OpusStream.RATE;
        return known ? Math.round((double) mediaDuration * OpusStream.RATE / timescale) : 0;
    }
}
