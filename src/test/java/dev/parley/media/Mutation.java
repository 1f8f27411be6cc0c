package dev.parley.media;

import dev.parley.media.ogg.Pages;
import dev.parley.media.opus.OpusHead;
import dev.parley.media.webm.Ebml;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** One recording of the corpus, damaged in ways that its seed decides: the same seed gives the same bytes. */
public final class Mutation {
    private static final int[] ABSURD = {0, 1, 7, 8, 255, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF, 0x1000_0000};
    private static final byte[] UNKNOWN_SIZE = {1, -1, -1, -1, -1, -1, -1, -1};
    private static final byte[] LOST_BLOCK = {(byte) 0xA3, (byte) 0x81, (byte) 0x81};

    /** 48 frames of 2.5 ms, all empty. */
    private static final byte[] TINY_BLOCK = {(byte) 0xA3, (byte) 0x86, (byte) 0x81, 0, 0, 0, (byte) 0x83, 48};

    private static final int[] HEADS = {19, 301, 65_024, 65_025, 65_500};
    private static final byte[] HUGE_SIZE = {1, 0x7F, -1, -1, -1, -1, -1, -2};

    /** Element IDs, page and box names: what a parser takes a decision at. */
    private static final List<byte[]> MARKS = List.of(
            bytes(0x1A45DFA3),
            bytes(0x18538067),
            bytes(0x1F43B675),
            bytes(0x1654AE6B),
            new byte[] {(byte) 0xA0},
            new byte[] {(byte) 0xA1},
            new byte[] {(byte) 0xA3},
            new byte[] {(byte) 0xAE},
            new byte[] {0x75, (byte) 0xA2},
            text("OggS"),
            text("OpusHead"),
            text("moov"),
            text("moof"),
            text("mdat"),
            text("trun"),
            text("tfhd"),
            text("stsz"),
            text("stsc"),
            text("stco"),
            text("stsd"),
            text("data"),
            text("fmt "));

    private final Random random;
    private byte[] bytes;

    private Mutation(byte[] good, Random random) {
        this.random = random;
        bytes = good.clone();
    }

    /** Damages a copy, in one to four ways. */
    public static byte[] of(byte[] good, Random random) {
        Mutation mutation = new Mutation(good, random);
        for (int times = random.nextInt(1, 5); times > 0 && mutation.bytes.length > 0; times--) {
            mutation.once();
        }
        if (random.nextBoolean()) {
            Pages.repair(mutation.bytes);
        }
        return mutation.bytes;
    }

    private void once() {
        switch (random.nextInt(11)) {
            case 0 -> flipBits();
            case 1 -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
            case 2 -> repeat();
            case 3 -> swap();
            case 4 -> overwrite();
            case 5 -> sizeBeforeOrBehindMark();
            case 6 -> insert(nested());
            case 7 -> insert(join(mark(), random.nextBoolean() ? HUGE_SIZE : UNKNOWN_SIZE));
            case 8 -> bytes = join(Ebml.opusStart(), lostBlocks(), bytes);
            case 9 -> bytes = join(hugeHead(), lostBlocks(), bytes);
            default -> laceOrFlag();
        }
    }

    private void flipBits() {
        for (int flips = random.nextInt(1, 30); flips > 0; flips--) {
            bytes[place()] ^= (byte) (1 << random.nextInt(8));
        }
    }

    /** Headers are a small part of the bytes and break the most: half of the damage goes there. */
    private int place() {
        return random.nextInt(random.nextBoolean() ? Math.min(600, bytes.length) : bytes.length);
    }

    private void repeat() {
        int from = random.nextInt(bytes.length);
        int to = Math.min(bytes.length, from + random.nextInt(1, 1_500));
        byte[] range = Arrays.copyOfRange(bytes, from, to);
        insert(random.nextInt(8) == 0 ? join(range, range, range, range) : range);
    }

    private void swap() {
        int a = random.nextInt(bytes.length);
        int b = random.nextInt(bytes.length);
        int length = Math.min(random.nextInt(1, 800), bytes.length - Math.max(a, b));
        byte[] first = Arrays.copyOfRange(bytes, a, a + length);
        byte[] second = Arrays.copyOfRange(bytes, b, b + length);
        System.arraycopy(second, 0, bytes, a, length);
        System.arraycopy(first, 0, bytes, b, length);
    }

    private void overwrite() {
        int at = place();
        int value = random.nextInt(4) == 0 ? random.nextInt() : ABSURD[random.nextInt(ABSURD.length)];
        byte[] number = bytes(value);
        int length = Math.min(bytes.length - at, random.nextBoolean() ? 4 : random.nextInt(1, 5));
        System.arraycopy(number, 4 - length, bytes, at, length);
    }

    /** MP4 has the size before the name, EBML and RIFF behind it, Ogg counts of segments 22 bytes behind it. */
    private void sizeBeforeOrBehindMark() {
        byte[] mark = mark();
        int at = indexOf(mark, random.nextInt(bytes.length));
        int target = at + (random.nextBoolean() ? -4 : mark.length + (random.nextInt(4) == 0 ? 22 : 0));
        if (at >= 0 && target >= 0 && target + 4 <= bytes.length) {
            ByteBuffer.wrap(bytes).putInt(target, ABSURD[random.nextInt(ABSURD.length)]);
        }
    }

    private byte[] nested() {
        byte[] one = random.nextInt(3) == 0
                ? join(bytes(random.nextInt(8, 64)), text("moov"))
                : join(bytes(random.nextBoolean() ? 0x1F43B675 : 0x18538067), UNKNOWN_SIZE);
        byte[] all = one;
        for (int depth = random.nextInt(9); depth > 0; depth--) {
            all = join(all, one);
        }
        return all;
    }

    private void laceOrFlag() {
        int block = indexOf(new byte[] {(byte) 0xA3}, random.nextInt(bytes.length));
        int at = block < 0 ? place() : Math.min(bytes.length - 1, block + random.nextInt(2, 8));
        bytes[at] = (byte) random.nextInt(256);
    }

    private void insert(byte[] more) {
        int at = place();
        bytes = join(Arrays.copyOf(bytes, at), more, Arrays.copyOfRange(bytes, at, bytes.length));
    }

    /** Blocks of three bytes, which hold nothing: each is a packet that is known to be lost. */
    private byte[] lostBlocks() {
        byte[][] blocks = new byte[random.nextInt(1, 120)][];
        int every = random.nextInt(10, 60);
        for (int i = 0; i < blocks.length; i++) {
            blocks[i] = i % every == 0 ? TINY_BLOCK : LOST_BLOCK;
        }
        return join(blocks);
    }

    /** The beginning of a WebM whose Opus header has a length that no header has. */
    private byte[] hugeHead() {
        int length = random.nextInt(4) == 0 ? random.nextInt(19, 66_000) : HEADS[random.nextInt(HEADS.length)];
        byte[] head = Arrays.copyOf(OpusHead.write(1, 0), length);
        return join(Ebml.start("webm"), Ebml.element(0x1654AE6B, Ebml.track(1, "A_OPUS", head)));
    }

    private byte[] mark() {
        return MARKS.get(random.nextInt(MARKS.size()));
    }

    private int indexOf(byte[] mark, int from) {
        for (int round = 0; round < 2; round++) {
            for (int at = round == 0 ? from : 0; at + mark.length <= bytes.length; at++) {
                if (Arrays.equals(bytes, at, at + mark.length, mark, 0, mark.length)) {
                    return at;
                }
            }
        }
        return -1;
    }

    private static byte[] bytes(int value) {
        return ByteBuffer.allocate(4).putInt(value).array();
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
