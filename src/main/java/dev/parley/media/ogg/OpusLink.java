package dev.parley.media.ogg;

import dev.parley.media.container.PacketListener;
import dev.parley.media.opus.OpusPackets;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One logical Opus stream (RFC 7845): packets that go on over pages are joined, the tags dropped, holes told as lost
 * packets, and the end cut where the last page says.
 */
final class OpusLink {
    private static final byte[] HEAD = "OpusHead".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TAGS = "OpusTags".getBytes(StandardCharsets.US_ASCII);

    private static final int MAX_SEGMENTS = 255;
    private static final int UNFINISHED = 255;
    /** Samples at 48 kHz of the longest hole that is filled: one second. */
    private static final int MAX_HOLE = 48_000;
    /** Pages this far behind are repeats; farther ones are the stream with its pages numbered anew. */
    private static final int MAX_REPEAT = 1_000;

    private final int serial;
    private final PacketListener listener;
    private int nextSequence;
    private boolean tagsExpected = true;
    private boolean ended;

    /** A packet that began on an earlier page. */
    private byte[] begun = new byte[2_048];

    private int begunLength;
    private boolean inPacket;
    /** The packet under way is of no use: tags, too large, or its beginning is missing. */
    private boolean dropping;
    /** The packet that is being dropped was sound. */
    private boolean droppingSound;

    /** The packets that end on the page at hand; the first may lie in {@link #begun}. */
    private final int[] starts = new int[MAX_SEGMENTS];

    private final int[] lengths = new int[MAX_SEGMENTS];
    private int packets;
    private boolean firstIsBegun;

    /** Samples up to the end of the page before. */
    private long position;

    private int usualSamples = 960;
    private long heard;
    private long filled;

    /** Begins with the page that holds the header. */
    OpusLink(Page first, PacketListener listener) {
        this.serial = first.serial();
        this.nextSequence = first.sequence() + 1;
        this.listener = listener;
    }

    static boolean isHead(byte[] packet) {
        return startsWith(packet, 0, packet.length, HEAD);
    }

    int serial() {
        return serial;
    }

    /** Takes the next page of this stream. */
    void page(Page page) {
        int missing = page.sequence() - nextSequence;
        if (ended || (missing < 0 && missing >= -MAX_REPEAT)) {
            return;
        }
        nextSequence = page.sequence() + 1;
        boolean torn = inPacket && (missing != 0 || !page.has(Page.CONTINUED));
        if (torn) {
            inPacket = false;
        }
        if (!inPacket && page.has(Page.CONTINUED)) {
            beginPacket(missing == 0);
            dropping = true;
        }
        int lost = collect(page) + (torn ? 1 : 0);
        deliver(page, missing != 0 || lost > 0, Math.max(missing, 0) + lost);
        ended = page.has(Page.LAST);
    }

    /** Finds the packets that end on this page; answers how many of sound had to be dropped. */
    private int collect(Page page) {
        packets = 0;
        firstIsBegun = false;
        int lost = 0;
        int at = page.bodyAt();
        int from = at;
        for (int i = 0; i < page.segments(); i++) {
            if (!inPacket) {
                beginPacket(true);
                from = at;
            }
            int size = page.segment(i);
            at += size;
            if (size < UNFINISHED) {
                lost += endPacket(page.bytes(), from, at);
            }
        }
        if (inPacket) {
            keep(page.bytes(), from, at);
        }
        return lost;
    }

    private void beginPacket(boolean sound) {
        inPacket = true;
        begunLength = 0;
        dropping = false;
        droppingSound = sound;
    }

    private int endPacket(byte[] bytes, int from, int to) {
        inPacket = false;
        int length = to - from;
        if (tagsExpected) {
            tagsExpected = false;
            if (dropping || startsWith(bytes, from, length, TAGS)) {
                return 0;
            }
        }
        if (begunLength > 0 || dropping) {
            inPacket = true;
            keep(bytes, from, to);
            inPacket = false;
            if (dropping) {
                return droppingSound ? 1 : 0;
            }
            firstIsBegun = true;
            length = begunLength;
        }
        // A packet of no bytes holds nothing, and would cost a whole one's concealment (RFC 7845 §3).
        if (length > 0) {
            starts[packets] = firstIsBegun && packets == 0 ? 0 : from;
            lengths[packets++] = length;
        }
        return 0;
    }

    private void keep(byte[] bytes, int from, int to) {
        int length = to - from;
        if (tagsExpected && begunLength == 0 && startsWith(bytes, from, length, TAGS)) {
            dropping = true;
            droppingSound = false;
        }
        dropping |= begunLength + length > OpusPackets.MAX_BYTES;
        if (dropping) {
            return;
        }
        if (begun.length < begunLength + length) {
            begun = Arrays.copyOf(begun, Math.max(begunLength + length, 2 * begun.length));
        }
        System.arraycopy(bytes, from, begun, begunLength, length);
        begunLength += length;
    }

    private void deliver(Page page, boolean hole, int packetsLost) {
        long samples = 0;
        for (int i = 0; i < packets; i++) {
            samples += OpusPackets.samples(source(page, i), starts[i], lengths[i]);
        }
        long granule = page.granule();
        if (hole) {
            fill(granule >= 0 && position > 0 ? granule - samples - position : (long) packetsLost * usualSamples);
        }
        long excess = 0;
        if (page.has(Page.LAST) && granule >= 0 && packets > 0) {
            excess = Math.max(0, Math.min(samples, position + samples - granule));
        }
        long kept = samples - excess;
        for (int i = 0; i < packets; i++) {
            byte[] source = source(page, i);
            int packetSamples = OpusPackets.samples(source, starts[i], lengths[i]);
            long discard = Math.max(0, Math.min(packetSamples, packetSamples - kept));
            kept -= packetSamples - discard;
            listener.packet(source, starts[i], lengths[i], OpusPackets.nanos(discard));
            usualSamples = packetSamples > 0 ? packetSamples : usualSamples;
        }
        heard += samples;
        position = granule >= 0 ? granule : position + samples;
    }

    private byte[] source(Page page, int packet) {
        return packet == 0 && firstIsBegun ? begun : page.bytes();
    }

    /** Tells packets as lost: never more than one second at once, nor in all more than was heard and one second. */
    private void fill(long samples) {
        long most = Math.min(MAX_HOLE, heard + MAX_HOLE - filled);
        long left = Math.min(samples, most);
        for (; left >= usualSamples; left -= usualSamples) {
            listener.packet(begun, 0, 0, 0);
            filled += usualSamples;
            position += usualSamples;
        }
    }

    private static boolean startsWith(byte[] bytes, int from, int length, byte[] prefix) {
        return length >= prefix.length && Arrays.equals(bytes, from, from + prefix.length, prefix, 0, prefix.length);
    }
}
