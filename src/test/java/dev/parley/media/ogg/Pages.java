package dev.parley.media.ogg;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Builds Ogg pages, right or wrong ones, independently of the product. */
public final class Pages {
    static final int CONTINUED = 1;
    static final int FIRST = 2;
    static final int LAST = 4;

    private Pages() {}

    /** A page of whole packets. */
    public static byte[] page(int flags, long granule, int serial, int sequence, byte[]... packets) {
        return page(flags, granule, serial, sequence, false, packets);
    }

    /** A page whose last packet goes on when {@code open}; its length must then be a multiple of 255. */
    static byte[] page(int flags, long granule, int serial, int sequence, boolean open, byte[]... packets) {
        ByteArrayOutputStream segments = new ByteArrayOutputStream();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int i = 0; i < packets.length; i++) {
            int left = packets[i].length;
            for (; left >= 255; left -= 255) {
                segments.write(255);
            }
            if (!open || i < packets.length - 1) {
                segments.write(left);
            }
            body.writeBytes(packets[i]);
        }
        ByteBuffer page =
                ByteBuffer.allocate(27 + segments.size() + body.size()).order(ByteOrder.LITTLE_ENDIAN);
        page.put("OggS".getBytes(StandardCharsets.US_ASCII)).put((byte) 0).put((byte) flags);
        page.putLong(granule).putInt(serial).putInt(sequence).putInt(0).put((byte) segments.size());
        page.put(segments.toByteArray()).put(body.toByteArray());
        page.putInt(22, checksum(page.array()));
        return page.array();
    }

    /** Gives every whole page its right checksum: what was changed in it then arrives. */
    public static void repair(byte[] ogg) {
        for (int at = 0; at + 27 <= ogg.length; at++) {
            if (ogg[at] != 'O' || ogg[at + 1] != 'g' || ogg[at + 2] != 'g' || ogg[at + 3] != 'S') {
                continue;
            }
            int end = at + 27 + (ogg[at + 26] & 0xFF);
            for (int i = at + 27; i < Math.min(ogg.length, at + 27 + (ogg[at + 26] & 0xFF)); i++) {
                end += ogg[i] & 0xFF;
            }
            if (end <= ogg.length) {
                byte[] page = Arrays.copyOfRange(ogg, at, end);
                ByteBuffer fields =
                        ByteBuffer.wrap(page).order(ByteOrder.LITTLE_ENDIAN).putInt(22, 0);
                fields.putInt(22, checksum(page));
                System.arraycopy(page, 0, ogg, at, page.length);
            }
        }
    }

    /** Bit by bit, as RFC 3533 §6 describes it. */
    private static int checksum(byte[] bytes) {
        int sum = 0;
        for (byte next : bytes) {
            sum ^= next << 24;
            for (int bit = 0; bit < 8; bit++) {
                sum = sum < 0 ? sum << 1 ^ 0x04C11DB7 : sum << 1;
            }
        }
        return sum;
    }

    /** An OpusHead of mono sound. */
    public static byte[] head(int preSkip) {
        byte[] head = new byte[19];
        System.arraycopy("OpusHead".getBytes(StandardCharsets.US_ASCII), 0, head, 0, 8);
        head[8] = 1;
        head[9] = 1;
        head[10] = (byte) preSkip;
        head[11] = (byte) (preSkip >> 8);
        return head;
    }

    /** OpusTags of this many bytes. */
    static byte[] tags(int length) {
        byte[] tags = new byte[length];
        System.arraycopy("OpusTags".getBytes(StandardCharsets.US_ASCII), 0, tags, 0, 8);
        return tags;
    }

    /** A packet of one CELT frame of 20 ms, full of {@code value}. */
    public static byte[] packet(int length, int value) {
        byte[] packet = new byte[length];
        Arrays.fill(packet, (byte) value);
        packet[0] = (byte) 0xF8;
        return packet;
    }

    /** One array of several. */
    public static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
