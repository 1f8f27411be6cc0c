package dev.parley.media.mp4;

import static dev.parley.media.mp4.Boxes.ascii;
import static dev.parley.media.mp4.Boxes.box;
import static dev.parley.media.mp4.Boxes.entry;
import static dev.parley.media.mp4.Boxes.fragment;
import static dev.parley.media.mp4.Boxes.header;
import static dev.parley.media.mp4.Boxes.join;
import static dev.parley.media.mp4.Boxes.numbers;
import static dev.parley.media.mp4.Boxes.opus;
import static dev.parley.media.mp4.Boxes.track;
import static dev.parley.media.ogg.Pages.packet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.media.container.AudioTrack;
import dev.parley.media.container.PacketListener;
import dev.parley.shared.failure.FailureKind;
import dev.parley.shared.failure.ParleyException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class Mp4DemuxerTest {
    private static final byte[] FTYP = box("ftyp", ascii("isom"));
    private static final byte[] TREX = box("mvex", box("trex", numbers(0, 2, 1, 0, 6, 0)));
    private static final byte[] LIVE = join(FTYP, box("moov", track(2, opus(312), 48_000, 0), TREX));

    @Test
    void fragments_give_their_packets() {
        byte[] mp4 = join(
                LIVE, fragment(2, packet(9, 1), packet(300, 2)), box("free", new byte[5]), fragment(2, packet(7, 3)));
        assertEquals(List.of("OPUS", "9x1", "300x2", "7x3"), walk(mp4));
    }

    @Test
    void sizes_and_places_may_be_left_to_defaults() {
        // No size anywhere but in trex: 6 bytes; no place: behind each other from the beginning of the fragment.
        byte[] run = box("trun", numbers(0, 2));
        byte[] placed = box("trun", numbers(1, 1, 0x4C));
        byte[] moof = box("moof", box("traf", box("tfhd", numbers(0, 2)), placed, run));
        assertEquals(0x44, moof.length);
        assertEquals(
                List.of("OPUS", "6x1", "6x2", "6x3"),
                walk(join(LIVE, moof, box("mdat", packet(6, 1), packet(6, 2), packet(6, 3)))));
    }

    @Test
    void other_tracks_of_a_fragment_are_passed_over() {
        byte[] video = box("traf", box("tfhd", numbers(0x2_0000, 1)), box("trun", numbers(0x201, 1, 500, 90)));
        byte[] sound = box("traf", box("tfhd", numbers(0x2_0000, 2)), box("trun", numbers(0x201, 1, 158, 5)));
        byte[] moof = box("moof", video, sound);
        byte[] mdat = box("mdat", new byte[158 - moof.length - 8], packet(5, 7), new byte[400]);
        assertEquals(List.of("OPUS", "5x7"), walk(join(LIVE, moof, mdat)));
    }

    @Test
    void a_plain_recording_is_read_by_its_tables_and_ends_where_they_say() {
        byte[] sizes = box("stsz", numbers(0, 0, 4, 5, 6, 7, 8));
        byte[] chunks = box("stsc", numbers(0, 2, 1, 1, 1, 2, 3, 1));
        for (boolean large : new boolean[] {false, true}) {
            int first = FTYP.length + plain(sizes, chunks, large, 0).length + 8 + 3;
            byte[] mp4 = join(
                    FTYP,
                    plain(sizes, chunks, large, first),
                    box("mdat", new byte[3], packet(5, 1), new byte[2], packet(6, 2), packet(7, 3), packet(8, 4)));
            assertEquals(List.of("OPUS", "5x1", "6x2", "7x3", "8x4-11125000"), walk(mp4));
        }
    }

    private static byte[] plain(byte[] sizes, byte[] chunks, boolean large, int first) {
        byte[] offsets = large
                ? box("co64", numbers(0, 2, 0, first, 0, first + 7))
                : box("stco", numbers(0, 2, first, first + 7));
        return box("moov", track(1, opus(312), 24_000, (4 * 960 - 534) / 2, sizes, chunks, offsets));
    }

    @Test
    void mdat_may_be_large_or_go_on_to_the_end() {
        byte[] fragment = fragment(2, packet(5, 1));
        int moof = ByteBuffer.wrap(fragment).getInt();
        byte[] sound = packet(5, 1);
        byte[] head = Arrays.copyOf(fragment, moof);
        assertEquals(List.of("OPUS", "5x1"), walk(join(LIVE, head, header("mdat", 0), sound, new byte[50])));
        head[moof - 5] = (byte) (head[moof - 5] + 8); // the place in trun, behind a header of 16 bytes
        assertEquals(List.of("OPUS", "5x1"), walk(join(LIVE, head, header("mdat", 1L << 40), sound)));
    }

    @Test
    void opus_comes_before_aac_and_aac_before_the_rest() {
        byte[] esds = box("esds", numbers(0), new byte[] {
            3, 25, 0, 1, 0, 4, 20, 0x40, 0x15, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 5, 2, 0x11, (byte) 0x88
        });
        byte[] alac = track(1, entry("alac"), 48_000, 0);
        byte[] aac = track(2, entry("mp4a", esds), 48_000, 0);
        byte[] opus = track(3, opus(0), 48_000, 0);
        byte[] video = box("trak", box("mdia", box("hdlr", numbers(0, 0), ascii("vide"), new byte[13])));
        assertEquals(List.of("OPUS"), walk(join(FTYP, box("moov", video, alac, aac, opus))));
        assertEquals(List.of("AAC 1188"), walk(join(FTYP, box("moov", alac, aac, video))));
        assertEquals(List.of("Apple Lossless"), walk(join(FTYP, box("moov", video, alac))));
        assertTrue(refusal(join(FTYP, box("moov", video))).contains("no sound track"));
        byte[] mp3 = track(1, entry("mp4a"), 48_000, 0);
        assertEquals(
                List.of("MPEG audio other than AAC"), walk(join(FTYP, box("moov", mp3), box("mdat", new byte[9]))));
    }

    @Test
    void a_recorder_started_again_begins_a_new_recording() {
        byte[] once = join(LIVE, fragment(2, packet(9, 1)));
        assertEquals(List.of("OPUS", "9x1", "OPUS", "9x1"), walk(join(once, once)));
    }

    @Test
    void what_cannot_be_read_says_why() {
        assertTrue(refusal(join(FTYP, box("mdat", new byte[5]))).contains("behind its sound"));
        assertTrue(refusal(join(FTYP, header("moov", 4))).contains("no box"));
        assertTrue(refusal(join(FTYP, new byte[] {0, 0, 1, 0, 1, 2, 3, 4})).contains("no box"));
        assertTrue(refusal(join(FTYP, header("moov", 0))).contains("bytes"));
        assertTrue(refusal(join(FTYP, header("free", 1L << 41))).contains("bytes"));
        assertTrue(refusal(join(FTYP, header("moov", 500), header("trak", 400), header("tkhd", 70_000)))
                .contains("bytes"));
        assertTrue(refusal(join(LIVE, box("moof", box("traf", box("tfhd", numbers(1))))))
                .contains("tfhd\" is cut off"));
        byte[] behind =
                box("moof", box("traf", box("tfhd", numbers(0x2_0000, 2)), box("trun", numbers(0x201, 1, 4, 9))));
        assertTrue(refusal(join(LIVE, behind, box("mdat", new byte[90]))).contains("not where"));
    }

    @Test
    void descriptions_of_sound_that_never_comes_are_bounded() {
        byte[] run = box("trun", numbers(1, -1, 8));
        byte[] traf = box("traf", box("tfhd", numbers(0x2_0000, 2)), run);
        byte[][] moofs = new byte[1_025][];
        Arrays.fill(moofs, box("moof", traf));
        assertTrue(refusal(join(LIVE, join(moofs))).contains("never comes"));
    }

    private static String refusal(byte[] mp4) {
        ParleyException refused = assertThrows(ParleyException.class, () -> walk(mp4, 4_096));
        assertEquals(FailureKind.UNSUPPORTED_AUDIO, refused.kind());
        return refused.getMessage();
    }

    /** What the listener is told: in one piece and byte by byte, which must be the same. */
    private static List<String> walk(byte[] mp4) {
        List<String> whole = walk(mp4, mp4.length);
        assertEquals(whole, walk(mp4, 1));
        return whole;
    }

    private static List<String> walk(byte[] mp4, int piece) {
        List<String> told = new ArrayList<>();
        Mp4Demuxer demuxer = new Mp4Demuxer(new PacketListener() {
            @Override
            public void track(AudioTrack track) {
                told.add(
                        switch (track.codec()) {
                            case OPUS -> "OPUS";
                            case AAC -> "AAC " + String.format("%02X%02X", track.header()[0], track.header()[1]);
                            case OTHER -> track.name();
                        });
            }

            @Override
            public void packet(byte[] buffer, int offset, int length, long discardNanos) {
                String packet = length == 0 ? "lost" : length + "x" + buffer[offset + 1];
                told.add(discardNanos == 0 ? packet : packet + "-" + discardNanos);
            }
        });
        for (int at = 0; at < mp4.length; at += piece) {
            demuxer.feed(ByteBuffer.wrap(mp4, at, Math.min(piece, mp4.length - at)));
        }
        demuxer.end();
        return told;
    }
}
