package dev.parley.media.ogg;

import dev.parley.media.opus.OpusHead;
import dev.parley.media.opus.OpusPackets;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Writes Opus packets as Ogg (RFC 7845), unchanged: pages of about a second, positions from what the packets say of
 * their length, the end cut by the last page. Memory: one page. Closes nothing.
 */
public final class OpusWriter {
    private static final byte[] VENDOR = "Parley".getBytes(StandardCharsets.US_ASCII);
    private static final int FIRST_SERIAL = 0x5061726C;
    private static final int MAX_SEGMENTS = 255;
    private static final int MAX_PAGE_SAMPLES = 48_000;
    /** Packets that a page has before a second ends it: headers shall not outweigh what stands below them. */
    private static final int MIN_SEGMENTS = 16;
    /** Samples at 48 kHz of the longest loss that is concealed: one second. */
    private static final int MAX_LOSS = 48_000;

    private final OutputStream out;
    private final ByteBuffer body =
            ByteBuffer.allocate(MAX_SEGMENTS * MAX_SEGMENTS).order(ByteOrder.LITTLE_ENDIAN);
    private final byte[] segments = new byte[MAX_SEGMENTS];
    private int segmentCount;

    private int serial = FIRST_SERIAL - 1;
    private int sequence;
    private boolean open;
    private int preSkip;
    private int pageSamples;
    private long samples;
    private long discard;
    private long heard;

    private byte lastToc;
    private int lastSamples;

    private long written;
    private long concealed;
    private int concealedAtOnce;

    /** Writes to {@code out}, which should be buffered. */
    public OpusWriter(OutputStream out) {
        this.out = out;
    }

    /**
     * Begins a stream, chained to the one before if there is one.
     *
     * @param opusHead its identification header, written as it is
     */
    public void begin(byte[] opusHead) throws IOException {
        finish();
        preSkip = OpusHead.parse(opusHead).preSkip();
        serial++;
        sequence = 0;
        samples = 0;
        lastSamples = 0;
        open = true;
        add(opusHead, 0, opusHead.length);
        page(Page.FIRST, 0);
        byte[] tags = ByteBuffer.allocate(8 + 4 + VENDOR.length + 4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put("OpusTags".getBytes(StandardCharsets.US_ASCII))
                .putInt(VENDOR.length)
                .put(VENDOR)
                .array();
        add(tags, 0, tags.length);
        page(0, 0);
    }

    /**
     * The next packet.
     *
     * @param length 0 for one that is lost: decoders are told to conceal as much as the packet before it lasted, but
     *     never more than one second at once, nor in all more than was there and one second
     * @param discardNanos what to drop at its end; counts if it is the last of its stream
     */
    public void packet(byte[] buffer, int offset, int length, long discardNanos) throws IOException {
        if (length > 0 && length <= OpusPackets.MAX_BYTES) {
            lastToc = buffer[offset];
            lastSamples = OpusPackets.samples(buffer, offset, length);
            concealedAtOnce = 0;
            write(buffer, offset, length, lastSamples);
        } else if (lastSamples > 0) {
            concealedAtOnce += lastSamples;
            boolean tooLong = concealedAtOnce > MAX_LOSS;
            if (tooLong || concealed + lastSamples > written - concealed + MAX_LOSS) {
                concealedAtOnce -= lastSamples;
                return;
            }
            concealed += lastSamples;
            byte[] lost = lost(lastToc, lastSamples / OpusPackets.frameSamples(lastToc));
            write(lost, 0, lost.length, lastSamples);
        }
        discard = Math.max(0, Math.min(lastSamples, OpusPackets.samples(discardNanos)));
    }

    /** A packet whose frames have no bytes, which is how Opus says that they were lost (RFC 6716 §3.2, RFC 7845 §4.1). */
    private static byte[] lost(byte toc, int frames) {
        int kind = toc & 0xFC;
        return frames <= 2 ? new byte[] {(byte) (kind | (frames - 1))} : new byte[] {(byte) (kind | 3), (byte) frames};
    }

    /** Ends the stream that is open, if one is. */
    public void finish() throws IOException {
        if (open) {
            open = false;
            page(Page.LAST, samples - discard);
            heard += Math.max(0, samples - discard - preSkip);
            discard = 0;
        }
    }

    /** Samples at 48 kHz of all packets so far, in all streams. */
    public long written() {
        return written;
    }

    /** Samples at 48 kHz that a decoder makes of all streams that are finished. */
    public long heard() {
        return heard;
    }

    private void write(byte[] buffer, int offset, int length, int packetSamples) throws IOException {
        boolean full = segmentCount + length / MAX_SEGMENTS + 1 > MAX_SEGMENTS;
        boolean late = segmentCount >= MIN_SEGMENTS && pageSamples + packetSamples > MAX_PAGE_SAMPLES;
        if (segmentCount > 0 && (full || late)) {
            page(0, samples);
        }
        add(buffer, offset, length);
        samples += packetSamples;
        written += packetSamples;
        pageSamples += packetSamples;
    }

    private void add(byte[] buffer, int offset, int length) {
        int left = length;
        for (; left >= MAX_SEGMENTS; left -= MAX_SEGMENTS) {
            segments[segmentCount++] = (byte) MAX_SEGMENTS;
        }
        segments[segmentCount++] = (byte) left;
        body.put(buffer, offset, length);
    }

    private void page(int flags, long granule) throws IOException {
        ByteBuffer header =
                ByteBuffer.allocate(Page.HEADER_BYTES + segmentCount).order(ByteOrder.LITTLE_ENDIAN);
        header.put(Page.CAPTURE)
                .put((byte) flags)
                .putLong(granule)
                .putInt(serial)
                .putInt(sequence++);
        header.putInt(0).put((byte) segmentCount).put(segments, 0, segmentCount);
        int sum = Checksum.of(0, header.array(), 0, header.limit());
        header.putInt(Page.CHECKSUM_AT, Checksum.of(sum, body.array(), 0, body.position()));
        out.write(header.array());
        out.write(body.array(), 0, body.position());
        body.clear();
        segmentCount = 0;
        pageSamples = 0;
    }
}
