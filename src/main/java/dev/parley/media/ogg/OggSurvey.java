package dev.parley.media.ogg;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a whole Ogg file holds, from the pages of its beginning and of its end: the codec of its first stream, whether
 * sound follows, and how long it is. Whole pages with the right checksum count, nothing else.
 */
public final class OggSurvey {
    private static final long NANOS = 1_000_000_000;

    private final PageReader reader = new PageReader(this::page);
    private byte @Nullable [] header;
    private int serial;
    private boolean sound;
    private long end;

    /** Takes bytes of the file; between its beginning and its end some may be left out. */
    public void feed(ByteBuffer bytes) {
        reader.feed(bytes);
    }

    /** What was fed is all. */
    public void end() {
        reader.end();
    }

    /** "Opus", "Vorbis", "FLAC" or another name; null when there is no stream. */
    public @Nullable String codec() {
        byte[] first = header;
        if (first == null) {
            return null;
        }
        return OpusLink.isHead(first) ? "Opus" : OggDemuxer.codec(first);
    }

    /** Whether a page with sound was seen. */
    public boolean hasSound() {
        return sound;
    }

    /** How long the first stream is; null when that cannot be told. */
    public @Nullable Duration duration() {
        byte[] first = header;
        if (first == null || !sound) {
            return null;
        }
        ByteBuffer fields = ByteBuffer.wrap(Arrays.copyOf(first, 64)).order(ByteOrder.LITTLE_ENDIAN);
        String codec = codec();
        long skip = "Opus".equals(codec) ? fields.getShort(10) & 0xFFFF : 0;
        long rate = 0;
        if ("Opus".equals(codec)) {
            rate = 48_000;
        } else if ("Vorbis".equals(codec)) {
            rate = fields.getInt(12) & 0xFFFF_FFFFL;
        } else if ("FLAC".equals(codec)) {
            rate = (fields.order(ByteOrder.BIG_ENDIAN).getInt(27) & 0xFFFF_FFFFL) >> 12;
        }
        long samples = Math.max(0, end - skip);
        boolean sane = rate > 0 && samples / rate < NANOS;
        return sane ? Duration.ofSeconds(samples / rate, samples % rate * NANOS / rate) : null;
    }

    private void page(Page page) {
        if (page.has(Page.FIRST)) {
            if (header == null) {
                header = OggDemuxer.firstPacket(page);
                serial = page.serial();
            }
        } else if (page.serial() == serial && page.granule() > 0 && page.segments() > 0) {
            sound = true;
            end = page.granule();
        }
    }
}
