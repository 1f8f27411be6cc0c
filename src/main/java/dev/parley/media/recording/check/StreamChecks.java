package dev.parley.media.recording.check;

import dev.parley.media.ogg.OggSurvey;
import java.nio.ByteBuffer;

/** FLAC (RFC 9639) and Ogg. */
public final class StreamChecks {
    private static final int FLAC_MAGIC = 4;
    private static final int STREAM_INFO = 34;
    private static final int MAX_BLOCKS = 1_000;
    /** Bytes at either end of an Ogg file that are looked at: two of the longest pages, and what lies before them. */
    private static final int OGG_END = 196_608;

    private StreamChecks() {}

    /** Checks a file that begins as FLAC. */
    public static Checked flac(RecordingFile file, long from) {
        ByteBuffer info = file.read(from + FLAC_MAGIC, 4 + STREAM_INFO);
        if (info.limit() < 4 + STREAM_INFO || (info.getInt(0) & 0x7FFF_FFFF) != STREAM_INFO) {
            throw Nonsense.in("FLAC", "it does not say what its sound is");
        }
        long facts = info.getLong(14);
        long rate = facts >>> 44;
        long samples = facts & 0xF_FFFF_FFFFL;
        if (rate == 0) {
            throw Nonsense.in("FLAC", "a sampling rate of 0 Hz");
        }
        long at = from + FLAC_MAGIC;
        boolean last = false;
        for (int i = 0; i < MAX_BLOCKS && !last; i++) {
            ByteBuffer header = file.read(at, 4);
            if (header.limit() < 4) {
                throw Nonsense.in("FLAC", "it breaks off before its sound");
            }
            last = header.get(0) < 0;
            at += 4 + (header.getInt(0) & 0xFF_FFFF);
        }
        ByteBuffer frame = file.read(at, 6);
        if (frame.limit() < 6 || (frame.getShort(0) & 0xFFFE) != 0xFFF8) {
            throw Nonsense.in("FLAC", "no frame of sound where one must begin");
        }
        return new Checked("FLAC", "audio/flac", Checked.duration(samples, rate));
    }

    /** Checks a file that begins as Ogg. */
    public static Checked ogg(RecordingFile file) {
        OggSurvey survey = new OggSurvey();
        survey.feed(file.read(0, OGG_END));
        if (file.size() > OGG_END) {
            survey.feed(file.read(Math.max(OGG_END, file.size() - OGG_END), OGG_END));
        }
        survey.end();
        String codec = survey.codec();
        if (codec == null || !survey.hasSound()) {
            throw Nonsense.in("Ogg", codec == null ? "none of its pages is whole" : "it holds no sound");
        }
        boolean taken =
                switch (codec) {
                    case "Opus", "Vorbis", "FLAC" -> true;
                    default -> false;
                };
        return new Checked("Ogg with " + codec, taken ? "audio/ogg" : null, taken ? survey.duration() : null);
    }
}
