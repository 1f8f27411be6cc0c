package dev.parley.media.ogg;

import static dev.parley.media.ogg.Pages.CONTINUED;
import static dev.parley.media.ogg.Pages.FIRST;
import static dev.parley.media.ogg.Pages.LAST;
import static dev.parley.media.ogg.Pages.head;
import static dev.parley.media.ogg.Pages.join;
import static dev.parley.media.ogg.Pages.packet;
import static dev.parley.media.ogg.Pages.page;
import static dev.parley.media.ogg.Pages.tags;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.media.container.AudioTrack;
import dev.parley.media.container.PacketListener;
import dev.parley.shared.failure.FailureKind;
import dev.parley.shared.failure.ParleyException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class OggDemuxerTest {
    private static final byte[] START = join(page(FIRST, 0, 7, 0, head(312)), page(0, 0, 7, 1, tags(60)));

    @Test
    void packets_come_out_in_order_and_the_last_page_cuts_the_end() {
        byte[] ogg = join(
                START,
                page(0, 1_920, 7, 2, packet(9, 1), packet(300, 2)),
                page(LAST, 3_306, 7, 3, packet(8, 3), packet(8, 4)));
        // 3840 samples would be there; 534 of them, 11.125 ms, are too many.
        assertEquals(List.of("track", "9x1", "300x2", "8x3", "8x4-11125000"), walk(ogg));
        byte[] shorter = join(START, page(LAST, 700, 7, 2, packet(9, 1), packet(9, 2)));
        assertEquals(List.of("track", "9x1-5416667", "9x2-20000000"), walk(shorter));
    }

    @Test
    void a_packet_goes_on_over_pages() {
        byte[] ogg = join(
                START,
                page(0, -1, 7, 2, true, packet(510, 5)),
                page(CONTINUED, -1, 7, 3, true, rest(255, 5)),
                page(CONTINUED, 1_920, 7, 4, rest(100, 5), packet(6, 6)));
        assertEquals(List.of("track", "865x5", "6x6"), walk(ogg));
    }

    @Test
    void tags_of_any_length_are_passed_over() {
        byte[] tags = tags(65_025);
        byte[] ogg = join(
                page(FIRST, 0, 7, 0, head(0)),
                page(0, -1, 7, 1, true, tags),
                page(CONTINUED, -1, 7, 2, true, new byte[65_025]),
                page(CONTINUED, 960, 7, 3, new byte[77], packet(6, 6)));
        assertEquals(List.of("track", "6x6"), walk(ogg));
        assertEquals(
                List.of("track", "6x6"), walk(join(page(FIRST, 0, 7, 0, head(0)), page(0, 960, 7, 1, packet(6, 6)))));
    }

    @Test
    void the_first_opus_stream_is_taken_and_those_beside_it_are_not() {
        byte[] vorbis = "\u0001vorbis and so on".getBytes(StandardCharsets.ISO_8859_1);
        byte[] ogg = join(
                page(FIRST, 0, 1, 0, vorbis),
                page(FIRST, 0, 7, 0, head(0)),
                page(FIRST, 0, 8, 0, head(0)),
                page(0, 0, 1, 1, packet(50, 9)),
                page(0, 0, 7, 1, tags(20)),
                page(0, 0, 8, 1, tags(20)),
                page(0, 960, 8, 2, packet(5, 8)),
                page(0, 960, 7, 2, packet(5, 7)),
                page(0, 960, 99, 2, packet(5, 9)));
        assertEquals(List.of("track", "5x7"), walk(ogg));
    }

    @Test
    void chained_and_restarted_streams_follow_each_other() {
        byte[] once = join(START, page(LAST, 960, 7, 2, packet(5, 5)));
        assertEquals(List.of("track", "5x5", "track", "5x5"), walk(join(once, once)));
        byte[] cut = join(START, page(0, 960, 7, 2, packet(5, 5)));
        assertEquals(List.of("track", "5x5", "track", "5x5"), walk(join(cut, once)));
        assertEquals(List.of("track", "5x5"), walk(join(once, page(0, 1_920, 7, 3, packet(6, 6)))));
    }

    @Test
    void what_has_no_opus_says_what_it_has() {
        byte[] flac = "\u007FFLAC\u0001".getBytes(StandardCharsets.ISO_8859_1);
        byte[] ogg = join(
                page(FIRST, 0, 1, 0, flac),
                page(FIRST, 0, 2, 0, "Speex   1".getBytes(StandardCharsets.US_ASCII)),
                page(FIRST, 0, 3, 0),
                page(0, 0, 1, 1, packet(5, 5)));
        assertEquals(List.of("only FLAC, Speex, an unknown codec"), walk(ogg));
    }

    @Test
    void a_missing_page_is_told_as_packets_lost_for_as_long_as_it_lasted() {
        byte[] before = join(START, page(0, 1_920, 7, 2, packet(9, 1), packet(9, 2)));
        byte[] after = page(0, 6_720, 7, 4, packet(9, 5), packet(9, 6));
        assertEquals(List.of("track", "9x1", "9x2", "lost", "lost", "lost", "9x5", "9x6"), walk(join(before, after)));
        byte[] without = page(0, -1, 7, 6, packet(9, 5));
        assertEquals(List.of("track", "9x1", "9x2", "lost", "lost", "lost", "9x5"), walk(join(before, without)));
    }

    @Test
    void a_hole_is_filled_with_a_second_at_most_and_never_more_than_was_heard() {
        byte[] before = join(START, page(0, 960, 7, 2, packet(9, 1)));
        List<String> told = walk(join(
                before,
                page(0, 48_000_000, 7, 9, packet(9, 2)),
                page(0, 96_000_000, 7, 19, packet(9, 3)),
                page(0, Long.MAX_VALUE, 7, 29, packet(9, 4))));
        // One second on credit, and one packet for each that was heard.
        assertEquals(50 + 1 + 1 + 1, Collections.frequency(told, "lost"));
    }

    @Test
    void a_packet_whose_beginning_or_end_is_missing_is_lost_alone() {
        byte[] begins = page(0, -1, 7, 2, true, packet(255, 5));
        byte[] ends = page(CONTINUED, 1_920, 7, 3, rest(9, 5), packet(6, 6));
        byte[] next = page(0, 2_880, 7, 4, packet(7, 7));
        assertEquals(List.of("track", "264x5", "6x6", "7x7"), walk(join(START, begins, ends, next)));
        assertEquals(List.of("track", "lost", "6x6", "7x7"), walk(join(START, ends, next)));
        assertEquals(List.of("track", "lost", "lost", "7x7"), walk(join(START, begins, next)));
        assertEquals(List.of("track", "lost", "7x7"), walk(join(START, begins, page(0, 1_920, 7, 3, packet(7, 7)))));
    }

    @Test
    void a_damaged_page_costs_itself_and_repeats_cost_nothing() {
        byte[] one = page(0, 960, 7, 2, packet(50, 1));
        byte[] two = page(0, 1_920, 7, 3, packet(50, 2));
        byte[] three = page(0, 2_880, 7, 4, packet(50, 3));
        for (int at = 0; at < two.length; at++) {
            byte[] bad = two.clone();
            bad[at] ^= 0x10;
            assertEquals(List.of("track", "50x1", "lost", "50x3"), walk(join(START, one, bad, three)), "at " + at);
        }
        byte[] junk = "OggO OggS OggSOggS".getBytes(StandardCharsets.US_ASCII);
        assertEquals(List.of("track", "50x1", "50x2", "50x3"), walk(join(START, one, junk, two, junk, three, junk)));
        assertEquals(List.of("track", "50x1", "50x2", "50x3"), walk(join(START, one, two, one, two, three, two)));
    }

    @Test
    void packets_of_no_bytes_cost_nothing_and_of_too_many_one_packet() {
        assertEquals(
                List.of("track", "5x1"),
                walk(join(START, page(0, 960, 7, 2, new byte[0], packet(5, 1), new byte[0], new byte[0]))));
        byte[] ogg = join(
                START,
                page(0, -1, 7, 2, true, packet(65_025, 1)),
                page(CONTINUED, 960, 7, 3, rest(1, 1), packet(5, 2)));
        assertEquals(List.of("track", "lost", "5x2"), walk(ogg));
    }

    @Test
    void what_is_no_ogg_any_more_ends_in_words() {
        byte[] zeros = new byte[300_000];
        assertTrue(refusal(join(START, zeros)).contains("no whole page"));
        // Headers of the longest pages, one inside the other: each would cost a checksum over 64 KB.
        byte[] header = page(0, 0, 7, 2, packet(65_024, 1));
        byte[] hostile = new byte[400_000];
        for (int at = 0; at + 282 <= hostile.length; at += 282) {
            System.arraycopy(header, 0, hostile, at, 282);
        }
        assertTrue(refusal(hostile).contains("hardly any"));
    }

    private static byte[] rest(int length, int value) {
        byte[] rest = new byte[length];
        Arrays.fill(rest, (byte) value);
        return rest;
    }

    private static String refusal(byte[] ogg) {
        ParleyException refused = assertThrows(ParleyException.class, () -> walk(ogg, 4_096));
        assertEquals(FailureKind.UNSUPPORTED_AUDIO, refused.kind());
        return refused.getMessage();
    }

    /** What the listener is told: in one piece and byte by byte, which must be the same. */
    private static List<String> walk(byte[] ogg) {
        List<String> whole = walk(ogg, ogg.length);
        assertEquals(whole, walk(ogg, 1));
        return whole;
    }

    private static List<String> walk(byte[] ogg, int piece) {
        List<String> told = new ArrayList<>();
        OggDemuxer demuxer = new OggDemuxer(new PacketListener() {
            @Override
            public void track(AudioTrack track) {
                told.add(track.codec() == AudioTrack.Codec.OPUS ? "track" : "only " + track.name());
            }

            @Override
            public void packet(byte[] buffer, int offset, int length, long discardNanos) {
                for (int i = 2; i < length; i++) {
                    assertEquals(buffer[offset + 1], buffer[offset + i], "a packet mixed up");
                }
                String packet = length == 0 ? "lost" : length + "x" + buffer[offset + 1];
                told.add(discardNanos == 0 ? packet : packet + "-" + discardNanos);
            }
        });
        for (int at = 0; at < ogg.length; at += piece) {
            demuxer.feed(ByteBuffer.wrap(ogg, at, Math.min(piece, ogg.length - at)));
            demuxer.feed(ByteBuffer.allocate(0));
        }
        demuxer.end();
        return told;
    }
}
