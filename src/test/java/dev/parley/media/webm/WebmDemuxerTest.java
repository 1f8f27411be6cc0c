package dev.parley.media.webm;

import static dev.parley.media.webm.Ebml.block;
import static dev.parley.media.webm.Ebml.element;
import static dev.parley.media.webm.Ebml.header;
import static dev.parley.media.webm.Ebml.join;
import static dev.parley.media.webm.Ebml.number;
import static dev.parley.media.webm.Ebml.open;
import static dev.parley.media.webm.Ebml.opusStart;
import static dev.parley.media.webm.Ebml.start;
import static dev.parley.media.webm.Ebml.track;
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

class WebmDemuxerTest {
    private static final int XIPH = 2;
    private static final int FIXED = 4;
    private static final int EBML = 6;

    @Test
    void a_live_recording_of_unknown_sizes_gives_its_packets() {
        byte[] webm = join(
                opusStart(),
                open(Ids.CLUSTER),
                number(0xE7, 0),
                block(Ids.SIMPLE_BLOCK, 1, 0x80, frame(7, 1)),
                open(Ids.CLUSTER),
                block(Ids.SIMPLE_BLOCK, 1, 0x80, frame(9, 2)));
        assertEquals(List.of("track", "7x1", "9x2"), walk(webm));
    }

    @Test
    void known_sizes_voids_checksums_unknown_elements_cues_and_tags_are_passed_over() {
        byte[] webm = join(
                element(Ids.EBML, number(0x4286, 1), Ebml.text(Ids.DOC_TYPE, "matroska\0")),
                element(
                        Ids.SEGMENT,
                        element(Ids.SEEK_HEAD, frame(50, 0)),
                        element(Ids.VOID, frame(9000, 0)),
                        element(Ids.TRACKS, element(0xBF, frame(4, 3)), track(1, "A_OPUS", new byte[0])),
                        element(
                                Ids.CLUSTER,
                                number(0xE7, 0),
                                element(0x4FAB, frame(300, 0x1A)),
                                block(Ids.SIMPLE_BLOCK, 1, 0, frame(5, 5)),
                                element(Ids.VOID),
                                block(Ids.SIMPLE_BLOCK, 1, 0, frame(6, 6))),
                        element(Ids.CUES, frame(70_000, 0xFF)),
                        element(Ids.TAGS, frame(10, 0))));
        assertEquals(List.of("track", "5x5", "6x6"), walk(webm));
    }

    @Test
    void each_lacing_gives_its_frames() {
        byte[] content = join(frame(300, 1), frame(255, 2), frame(3, 3));
        byte[] xiph = {2, -1, 45, -1, 0};
        byte[] ebml = {2, 0x41, 0x2C, 0x5F, (byte) 0xD2};
        assertEquals(List.of("track", "300x1", "255x2", "3x3"), walk(laced(XIPH, xiph, content)));
        assertEquals(List.of("track", "300x1", "255x2", "3x3"), walk(laced(EBML, ebml, content)));
        byte[] even = join(frame(40, 1), frame(40, 2), frame(40, 3));
        assertEquals(List.of("track", "40x1", "40x2", "40x3"), walk(laced(FIXED, new byte[] {2}, even)));
    }

    @Test
    void lacing_that_does_not_add_up_is_one_lost_packet() {
        assertEquals(List.of("track", "lost"), walk(laced(XIPH, new byte[] {2, -1, 45, 90}, frame(100, 1))));
        assertEquals(List.of("track", "lost"), walk(laced(XIPH, new byte[] {5, -1, -1, -1}, new byte[0])));
        assertEquals(
                List.of("track", "lost"), walk(laced(EBML, new byte[] {2, (byte) 0x8A, (byte) 0x80}, frame(9, 1))));
        assertEquals(List.of("track", "lost"), walk(laced(EBML, new byte[] {1, 0}, frame(9, 1))));
        assertEquals(List.of("track", "lost"), walk(laced(FIXED, new byte[] {2}, frame(40, 1))));
        assertEquals(List.of("track", "lost"), walk(laced(FIXED, new byte[0], new byte[0])));
        assertEquals(List.of("track", "lost"), walk(laced(0, new byte[0], new byte[0])));
    }

    @Test
    void laced_frames_of_no_bytes_cost_nothing() {
        byte[] sizes = new byte[256];
        sizes[0] = -1;
        assertEquals(List.of("track", "8x1"), walk(laced(XIPH, sizes, frame(8, 1))));
    }

    @Test
    void blocks_of_groups_wait_for_the_discard_padding_behind_them() {
        byte[] webm = join(
                opusStart(),
                open(Ids.CLUSTER),
                element(Ids.BLOCK_GROUP, block(Ids.BLOCK, 1, 0, frame(5, 5)), number(0x9B, 20)),
                element(
                        Ids.BLOCK_GROUP,
                        block(Ids.BLOCK, 1, FIXED, new byte[] {1}, frame(3, 1), frame(3, 2)),
                        element(Ids.DISCARD_PADDING, new byte[] {0, (byte) 0xCD, (byte) 0xFE, 0x60})),
                element(Ids.BLOCK_GROUP, block(Ids.BLOCK, 1, 0, frame(4, 4)), element(Ids.DISCARD_PADDING, new byte[] {
                    -1, 0
                })));
        assertEquals(List.of("track", "5x5", "3x1", "3x2-13500000", "4x4--256"), walk(webm));
    }

    @Test
    void a_group_cut_off_by_the_end_still_gives_its_block() {
        byte[] block = block(Ids.BLOCK, 1, 0, frame(5, 5));
        byte[] webm = join(opusStart(), open(Ids.CLUSTER), header(Ids.BLOCK_GROUP, block.length + 20), block);
        assertEquals(List.of("track", "5x5"), walk(webm));
    }

    @Test
    void the_first_opus_track_is_taken_and_others_are_ignored() {
        byte[] webm = join(
                start("webm"),
                element(
                        Ids.TRACKS,
                        track(1, "V_VP8", new byte[0]),
                        track(2, "A_OPUS", new byte[0]),
                        track(3, "A_OPUS", new byte[0])),
                open(Ids.CLUSTER),
                block(Ids.SIMPLE_BLOCK, 1, 0, frame(200_000, 1)),
                block(Ids.SIMPLE_BLOCK, 2, 0, frame(5, 2)),
                block(Ids.SIMPLE_BLOCK, 3, 0, frame(5, 3)),
                element(Ids.SIMPLE_BLOCK, new byte[] {0}),
                element(Ids.SIMPLE_BLOCK, new byte[] {0x40}),
                element(Ids.SIMPLE_BLOCK),
                block(Ids.SIMPLE_BLOCK, 2, 0, frame(6, 2)));
        assertEquals(List.of("track", "5x2", "6x2"), walk(webm));
    }

    @Test
    void a_recorder_started_again_begins_a_new_recording() {
        byte[] recording = join(opusStart(), open(Ids.CLUSTER), block(Ids.SIMPLE_BLOCK, 1, 0, frame(5, 5)));
        assertEquals(List.of("track", "5x5", "track", "5x5"), walk(join(recording, recording)));
    }

    @Test
    void what_cannot_be_decoded_says_what_it_is() {
        byte[] vorbis = element(Ids.TRACKS, track(1, "A_VORBIS", frame(9, 1)), track(2, "V_VP9\u0001", new byte[0]));
        byte[] sound = block(Ids.SIMPLE_BLOCK, 1, 0, frame(5, 5));
        assertEquals(
                List.of("only A_VORBIS, V_VP9"),
                walk(join(start("webm"), vorbis, open(Ids.CLUSTER), sound, open(Ids.CLUSTER), sound)));
        byte[] encrypted = track(1, "A_OPUS", new byte[0], element(Ids.CONTENT_ENCODINGS, frame(3, 1)));
        assertTrue(refusal(join(start("webm"), element(Ids.TRACKS, encrypted))).contains("encrypted"));
        assertTrue(refusal(join(start("webm"), open(Ids.CLUSTER))).contains("before the description of its track"));
        assertTrue(refusal(start("jpeg\u0007")).contains("jpeg?"));
    }

    @Test
    void hostile_lengths_are_refused_before_memory_is_spent() {
        byte[] begun = join(opusStart(), open(Ids.CLUSTER));
        assertTrue(refusal(join(start("webm"), header(Ids.TRACK_ENTRY, 65_537))).contains("65537 bytes"));
        assertTrue(refusal(join(begun, header(Ids.SIMPLE_BLOCK, 65_537), frame(20, 0x81)))
                .contains("65537 bytes"));
        assertTrue(refusal(join(begun, header(Ids.SIMPLE_BLOCK, 1L << 40))).contains("bytes"));
        assertTrue(refusal(join(begun, header(Ids.VOID, (1L << 56) - 2))).contains("bytes"));
        assertTrue(refusal(join(begun, header(0x4FAB, 20_000))).contains("20000 bytes"));
        assertTrue(refusal(join(begun, header(Ids.BLOCK_GROUP, 10), header(Ids.BLOCK, 90)))
                .contains("larger than"));
        assertTrue(refusal(join(begun, open(Ids.BLOCK_GROUP))).contains("without a length"));
        assertTrue(refusal(join(begun, open(Ids.SIMPLE_BLOCK))).contains("unknown size"));
        assertTrue(refusal(join(begun, new byte[] {0})).contains("no element"));
        assertTrue(refusal(join(begun, new byte[] {(byte) 0xA3, 0})).contains("without a length"));
        byte[] short1 = element(Ids.TRACK_ENTRY, new byte[] {(byte) 0xD7, (byte) 0x88, 1});
        assertTrue(refusal(join(start("webm"), short1)).contains("cut off"));
        for (byte[] torn :
                List.of(new byte[] {8}, new byte[] {0x42}, new byte[] {(byte) 0xD7, 0}, new byte[] {0x42, 1})) {
            assertTrue(
                    refusal(join(start("webm"), element(Ids.TRACK_ENTRY, torn))).contains("hold together"));
        }
    }

    private static byte[] laced(int flags, byte[] sizes, byte[] content) {
        return join(opusStart(), open(Ids.CLUSTER), block(Ids.SIMPLE_BLOCK, 1, flags, sizes, content));
    }

    private static byte[] frame(int length, int value) {
        byte[] frame = new byte[length];
        Arrays.fill(frame, (byte) value);
        return frame;
    }

    private static String refusal(byte[] webm) {
        ParleyException refused = assertThrows(ParleyException.class, () -> walk(webm));
        assertEquals(FailureKind.UNSUPPORTED_AUDIO, refused.kind());
        return refused.getMessage();
    }

    /** What the listener is told: in one piece and byte by byte, which must be the same. */
    private static List<String> walk(byte[] webm) {
        List<String> whole = walk(webm, webm.length);
        assertEquals(whole, walk(webm, 1));
        return whole;
    }

    private static List<String> walk(byte[] webm, int piece) {
        List<String> told = new ArrayList<>();
        WebmDemuxer demuxer = new WebmDemuxer(new PacketListener() {
            @Override
            public void track(AudioTrack track) {
                told.add(track.codec() == AudioTrack.Codec.OPUS ? "track" : "only " + track.name());
            }

            @Override
            public void packet(byte[] buffer, int offset, int length, long discardNanos) {
                for (int i = 1; i < length; i++) {
                    assertEquals(buffer[offset], buffer[offset + i], "a frame mixed up");
                }
                String frame = length == 0 ? "lost" : length + "x" + buffer[offset];
                told.add(discardNanos == 0 ? frame : frame + "-" + discardNanos);
            }
        });
        for (int at = 0; at < webm.length; at += piece) {
            demuxer.feed(ByteBuffer.wrap(webm, at, Math.min(piece, webm.length - at)));
        }
        demuxer.end();
        return told;
    }
}
