package dev.parley.media.webm;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes EBML by hand for tests. */
public final class Ebml {
    /** The size field of live recorders: not known yet. */
    private static final byte[] UNKNOWN = {1, -1, -1, -1, -1, -1, -1, -1};

    private static final byte[] OPUS_HEAD = {'O', 'p', 'u', 's', 'H', 'e', 'a', 'd', 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0};

    private Ebml() {}

    /** An element with its size in eight bytes. */
    public static byte[] element(int id, byte[]... children) {
        byte[] payload = join(children);
        return join(id(id), size(payload.length), payload);
    }

    /** The beginning of an element of unknown size. */
    public static byte[] open(int id) {
        return join(id(id), UNKNOWN);
    }

    /** An element header that promises {@code size} bytes. */
    public static byte[] header(int id, long size) {
        return join(id(id), size(size));
    }

    /** An unsigned number in as few bytes as it needs. */
    public static byte[] number(int id, long value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int shift = 56; shift >= 0; shift -= 8) {
            if (value >>> shift != 0 || shift == 0) {
                bytes.write((int) (value >>> shift));
            }
        }
        return element(id, bytes.toByteArray());
    }

    /** A text element. */
    public static byte[] text(int id, String text) {
        return element(id, text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** EBML header, open segment, one Opus track of number 1. */
    public static byte[] opusStart() {
        return join(start("webm"), element(Ids.TRACKS, track(1, "A_OPUS", OPUS_HEAD)));
    }

    /** EBML header and open segment. */
    public static byte[] start(String docType) {
        return join(element(Ids.EBML, text(Ids.DOC_TYPE, docType)), open(Ids.SEGMENT));
    }

    /** A TrackEntry of an audio track. */
    public static byte[] track(int number, String codec, byte[] codecPrivate, byte[]... more) {
        return element(
                Ids.TRACK_ENTRY,
                number(Ids.TRACK_NUMBER, number),
                number(Ids.TRACK_TYPE, 2),
                text(Ids.CODEC_ID, codec),
                element(Ids.CODEC_PRIVATE, codecPrivate),
                join(more));
    }

    /** A SimpleBlock or Block of a track below 127, with these flags. */
    public static byte[] block(int id, int track, int flags, byte[]... content) {
        return element(id, new byte[] {(byte) (0x80 | track), 0, 0, (byte) flags}, join(content));
    }

    /** One array of several. */
    public static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static byte[] id(int id) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int shift = 24; shift >= 0; shift -= 8) {
            if (id >>> shift != 0) {
                bytes.write(id >>> shift);
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] size(long size) {
        byte[] bytes = new byte[8];
        for (int i = 0; i < 8; i++) {
            bytes[i] = (byte) (size >>> (56 - 8 * i));
        }
        bytes[0] = 1;
        return bytes;
    }
}
