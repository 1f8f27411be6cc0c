package dev.parley.media.ogg;

import dev.parley.media.container.AudioTrack;
import dev.parley.media.container.Demuxer;
import dev.parley.media.container.PacketListener;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the packets of the first Opus stream in Ogg as its bytes arrive. Streams that run beside it are passed over;
 * one that begins after it, chained or because a recorder was started anew, is taken next (RFC 3533 §4). Memory: one
 * page and one packet.
 */
public final class OggDemuxer implements Demuxer {
    private static final int MAX_CODECS_NAMED = 8;

    private final PacketListener listener;
    private final PageReader reader = new PageReader(this::page);
    private final Set<String> otherCodecs = new LinkedHashSet<>();
    private @Nullable OpusLink link;
    /** First pages are coming: those of streams that run side by side stand together. */
    private boolean beginning;

    /** A demuxer for one stream. */
    public OggDemuxer(PacketListener listener) {
        this.listener = listener;
    }

    @Override
    public void feed(ByteBuffer bytes) {
        reader.feed(bytes);
    }

    @Override
    public void end() {
        reader.end();
    }

    private void page(Page page) {
        if (page.has(Page.FIRST)) {
            first(page);
            return;
        }
        if (beginning) {
            beginning = false;
            if (link == null) {
                listener.track(AudioTrack.other(String.join(", ", otherCodecs)));
            }
        }
        OpusLink current = link;
        if (current != null && current.serial() == page.serial()) {
            current.page(page);
        }
    }

    private void first(Page page) {
        if (!beginning) {
            beginning = true;
            link = null;
            otherCodecs.clear();
        }
        if (link != null) {
            return;
        }
        byte[] header = firstPacket(page);
        if (OpusLink.isHead(header)) {
            listener.track(AudioTrack.opus(header));
            link = new OpusLink(page, listener);
        } else if (otherCodecs.size() < MAX_CODECS_NAMED) {
            otherCodecs.add(codec(header));
        }
    }

    /** The packet that begins and ends on this page; what there is of it when it goes on. */
    static byte[] firstPacket(Page page) {
        int length = 0;
        for (int i = 0; i < page.segments(); i++) {
            length += page.segment(i);
            if (page.segment(i) < 255) {
                break;
            }
        }
        return Arrays.copyOfRange(page.bytes(), page.bodyAt(), page.bodyAt() + length);
    }

    /** How a person would call the codec whose stream begins so. */
    static String codec(byte[] header) {
        String begin = new String(header, 0, Math.min(header.length, 8), StandardCharsets.ISO_8859_1);
        if (begin.startsWith("\u0001vorbis")) {
            return "Vorbis";
        }
        if (begin.startsWith("\u007FFLAC")) {
            return "FLAC";
        }
        if (begin.startsWith("Speex")) {
            return "Speex";
        }
        return begin.startsWith("\u0080theora") ? "Theora" : "an unknown codec";
    }
}
