package dev.parley.media;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PcmFramerTest {
    private final List<Integer> sizes = new ArrayList<>();
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private final PcmFramer framer = new PcmFramer((buffer, offset, length) -> {
        sizes.add(length);
        received.write(buffer, offset, length);
    });

    @Test
    void what_makes_a_message_leaves_at_once() {
        give(640);
        give(1920);
        give(3200);
        assertEquals(List.of(640, 1920, 3200), sizes);
    }

    @Test
    void less_than_20_ms_waits_for_more() {
        give(638);
        assertEquals(List.of(), sizes);
        give(2);
        give(600);
        give(600);
        assertEquals(List.of(640, 1200), sizes);
    }

    @Test
    void more_than_100_ms_is_split_evenly() {
        give(600);
        give(2602);
        give(10_000);
        assertEquals(List.of(1602, 1600, 2500, 2500, 2500, 2500), sizes);
    }

    @Test
    void flush_gives_the_rest_and_clear_drops_it() {
        give(100);
        framer.flush();
        framer.flush();
        assertEquals(List.of(100), sizes);
        give(100);
        framer.clear();
        framer.flush();
        assertEquals(List.of(100), sizes);
    }

    @Test
    void every_cut_keeps_bounds_order_and_bytes() {
        Random random = new Random(7);
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        int held = 0;
        for (int i = 0; i < 3000; i++) {
            byte[] pcm = new byte[20 + 2 * random.nextInt(random.nextBoolean() ? 400 : 6000)];
            random.nextBytes(pcm);
            sent.write(pcm, 20, pcm.length - 20);
            framer.pcm(pcm, 20, pcm.length - 20);
            held = sent.size() - received.size();
            assertTrue(held < PcmFramer.MIN_BYTES, "held " + held);
        }
        for (int size : sizes) {
            assertTrue(size >= PcmFramer.MIN_BYTES && size <= PcmFramer.MAX_BYTES && size % 2 == 0, "size " + size);
        }
        framer.flush();
        assertArrayEquals(sent.toByteArray(), received.toByteArray());
    }

    @Test
    void half_a_sample_is_refused() {
        assertThrows(IllegalArgumentException.class, () -> framer.pcm(new byte[9], 0, 9));
        assertThrows(IndexOutOfBoundsException.class, () -> framer.pcm(new byte[9], 4, 6));
    }

    private void give(int length) {
        framer.pcm(new byte[length], 0, length);
    }
}
