package dev.parley.media.worker.program;

import io.humble.video.DemuxerStream;
import io.humble.video.Global;
import io.humble.video.MediaPacket;
import io.humble.video.Rational;

/**
 * Which samples belong to a recording. An MP4's edit list (ISO/IEC 14496-12 §8.6.6) leaves out what the encoder needed to
 * get going and what it filled up at the end; FFmpeg 2.8 tells it as a first packet before time zero, and decodes it all.
 */
final class Edit {
    private final long first;
    private final long end;
    private long passed;
    private int offset;
    private int count;

    private Edit(long first, long end) {
        this.first = first;
        this.end = end;
    }

    /** All samples. */
    static Edit none() {
        return new Edit(0, Long.MAX_VALUE);
    }

    /** As the first packet and its track tell. */
    static Edit of(MediaPacket packet, DemuxerStream track, int rate) {
        long start = packet.getPts();
        if (start == Global.NO_PTS || start >= 0) {
            return none();
        }
        Rational unit = track.getTimeBase();
        double samples = (double) rate * unit.getNumerator() / unit.getDenominator();
        long duration = track.getDuration();
        return new Edit(Math.round(-start * samples), duration > 0 ? Math.round(duration * samples) : Long.MAX_VALUE);
    }

    /** The next {@code decoded} samples; see {@link #offset} and {@link #count} for those that belong. */
    void pass(int decoded) {
        long from = Math.min(Math.max(first - passed, 0), decoded);
        long to = Math.max(Math.min(end - passed, decoded), from);
        passed += decoded;
        offset = (int) from;
        count = (int) (to - from);
    }

    int offset() {
        return offset;
    }

    int count() {
        return count;
    }
}
