package dev.parley.media.mp4;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Builds MP4 boxes, right or wrong ones. */
public final class Boxes {
    private Boxes() {}

    /** A box of these parts. */
    public static byte[] box(String type, byte[]... parts) {
        byte[] payload = join(parts);
        return join(numbers(8 + payload.length), ascii(type), payload);
    }

    /** A box header that promises this many bytes, its own included. */
    static byte[] header(String type, long size) {
        return size > Integer.MAX_VALUE
                ? join(
                        numbers(1),
                        ascii(type),
                        ByteBuffer.allocate(8).putLong(size).array())
                : join(numbers((int) size), ascii(type));
    }

    /** Numbers of four bytes. */
    static byte[] numbers(int... values) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length);
        for (int value : values) {
            bytes.putInt(value);
        }
        return bytes.array();
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    /** A sound track of this sample entry; {@code tables} go into stbl, before stsd as Chrome has it. */
    static byte[] track(int id, byte[] entry, int timescale, int duration, byte[]... tables) {
        return box(
                "trak",
                box("tkhd", numbers(0, 0, 0, id), new byte[68]),
                box(
                        "mdia",
                        box("mdhd", numbers(0, 0, 0, timescale, duration, 0)),
                        box("hdlr", numbers(0, 0), ascii("soun"), new byte[13]),
                        box("minf", box("stbl", join(tables), box("stsd", numbers(0, 1), entry)))));
    }

    /** An Opus sample entry. */
    static byte[] opus(int preSkip) {
        ByteBuffer dops = ByteBuffer.allocate(11);
        dops.put(1, (byte) 1).putShort(2, (short) preSkip).putInt(4, 48_000);
        return entry("Opus", box("dOps", dops.array()));
    }

    /** A sample entry of any type. */
    public static byte[] entry(String type, byte[]... children) {
        return box(type, new byte[28], join(children));
    }

    /** A fragment of one track, with its data behind it. */
    static byte[] fragment(int trackId, byte[]... packets) {
        int[] sizes = new int[packets.length];
        for (int i = 0; i < packets.length; i++) {
            sizes[i] = packets[i].length;
        }
        int moof = 8 + 8 + 16 + 20 + 4 * packets.length;
        return join(
                box(
                        "moof",
                        box(
                                "traf",
                                box("tfhd", numbers(0x2_0000, trackId)),
                                box("trun", numbers(0x201, packets.length, moof + 8), numbers(sizes)))),
                box("mdat", packets));
    }
}
