package dev.parley.media.ogg;

import static dev.parley.media.ogg.Pages.head;
import static dev.parley.media.ogg.Pages.join;
import static dev.parley.media.ogg.Pages.packet;
import static dev.parley.media.ogg.Pages.page;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class OpusWriterTest {
    private static final int SERIAL = 0x5061726C;
    private static final byte[] TAGS = "OpusTags\6\0\0\0Parley\0\0\0\0".getBytes(StandardCharsets.US_ASCII);

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final OpusWriter writer = new OpusWriter(out);

    @Test
    void pages_of_a_second_and_an_end_that_is_cut() throws IOException {
        writer.begin(head(312));
        byte[][] second = new byte[50][];
        for (int i = 0; i < 52; i++) {
            byte[] packet = packet(300, i);
            writer.packet(packet, 0, packet.length, i == 51 ? 11_125_000 : 0);
            if (i < 50) {
                second[i] = packet;
            }
        }
        writer.finish();
        assertArrayEquals(
                join(
                        page(Pages.FIRST, 0, SERIAL, 0, head(312)),
                        page(0, 0, SERIAL, 1, TAGS),
                        page(0, 48_000, SERIAL, 2, second),
                        page(Pages.LAST, 52 * 960 - 534, SERIAL, 3, packet(300, 50), packet(300, 51))),
                out.toByteArray());
        assertEquals(52 * 960 - 534 - 312, writer.heard());
    }

    @Test
    void large_packets_make_shorter_pages() throws IOException {
        writer.begin(head(0));
        byte[] large = packet(40_000, 1);
        writer.packet(large, 0, large.length, 0);
        writer.packet(large, 0, large.length, 0);
        writer.finish();
        assertArrayEquals(
                join(
                        page(Pages.FIRST, 0, SERIAL, 0, head(0)),
                        page(0, 0, SERIAL, 1, TAGS),
                        page(0, 960, SERIAL, 2, large),
                        page(Pages.LAST, 1_920, SERIAL, 3, large)),
                out.toByteArray());
    }

    @Test
    void a_lost_packet_keeps_its_time_and_a_new_recording_is_chained() throws IOException {
        writer.begin(head(0));
        writer.packet(new byte[0], 0, 0, 0); // nothing is known yet of how long it was
        byte[] two = {(byte) 0xF9, 5, 5};
        writer.packet(two, 0, 3, 0);
        writer.packet(two, 0, 0, 0);
        writer.begin(head(0));
        writer.finish();
        byte[] conceal = {(byte) 0xF9};
        assertArrayEquals(
                join(
                        page(Pages.FIRST, 0, SERIAL, 0, head(0)),
                        page(0, 0, SERIAL, 1, TAGS),
                        page(Pages.LAST, 4 * 960, SERIAL, 2, two, conceal),
                        page(Pages.FIRST, 0, SERIAL + 1, 0, head(0)),
                        page(0, 0, SERIAL + 1, 1, TAGS),
                        page(Pages.LAST, 0, SERIAL + 1, 2)),
                out.toByteArray());
    }

    @Test
    void a_loss_costs_little_and_lasts_a_second_at_most() throws IOException {
        writer.begin(head(0));
        byte[] many = {3, 6, 1, 1, 1, 1, 1, 1}; // six frames of 10 ms
        writer.packet(many, 0, many.length, 0);
        for (int i = 0; i < 1_000; i++) {
            writer.packet(many, 0, 0, 0);
        }
        assertEquals(2_880 + 48_000 / 2_880 * 2_880, writer.written());
        for (int i = 0; i < 1_000; i++) {
            writer.packet(many, 0, many.length, 0);
            for (int k = 0; k < 16; k++) {
                writer.packet(many, 0, 0, 0);
            }
        }
        writer.finish();
        assertTrue(writer.written() <= 2 * 1_001 * 2_880 + 48_000, "in all no more than there was, and one second");
        assertTrue(out.size() < 20_000, "bytes " + out.size());
    }
}
