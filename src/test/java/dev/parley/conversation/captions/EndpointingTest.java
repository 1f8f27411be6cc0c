package dev.parley.conversation.captions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Turns found in sound: marks in their order, and not a sample lost between them. */
class EndpointingTest {
    private static final int PIECE = 1280; // 40 ms

    private final List<String> marks = new ArrayList<>();
    private final Random noise = new Random(11);
    private int passed;
    private int audioOfTurn;

    private final Endpointing endpointing = new Endpointing(new Endpointing.Marks() {
        @Override
        public void begin() {
            marks.add("begin");
            audioOfTurn = 0;
        }

        @Override
        public void audio(byte[] pcm, int offset, int length) {
            passed += length;
            audioOfTurn += length;
        }

        @Override
        public void end() {
            assertTrue(audioOfTurn > 0, "an empty turn ends the connection");
            marks.add("end");
        }
    });

    /** Noise; what is as loud as speech has the dips of speech. */
    private void sound(int millis, int loudness) {
        for (int played = 0; played < millis; played += 40) {
            int amplitude = loudness > 1000 && played % 200 == 160 ? loudness / 20 : loudness;
            byte[] pcm = new byte[PIECE];
            for (int i = 0; i < PIECE; i += 2) {
                int sample = amplitude == 0 ? 0 : noise.nextInt(2 * amplitude) - amplitude;
                pcm[i] = (byte) sample;
                pcm[i + 1] = (byte) (sample >> 8);
            }
            endpointing.take(pcm, 0, PIECE);
        }
    }

    private static int bytes(int millis) {
        return millis / 40 * PIECE;
    }

    @Test
    void a_pause_ends_a_turn_and_the_next_one_waits_until_the_server_is_done() {
        sound(2000, 6000);
        sound(800, 20);
        assertEquals(List.of("begin", "end"), marks);
        sound(400, 6000);
        assertEquals(List.of("begin", "end"), marks, "the server has not told the end yet");
        endpointing.ended();
        assertEquals(List.of("begin", "end", "begin"), marks);
        assertEquals(bytes(2000) + bytes(800) + bytes(400), passed);
    }

    @Test
    void a_connection_is_not_left_before_the_turn_that_has_just_ended_is_written_down() {
        sound(2000, 6000);
        sound(800, 20);
        assertEquals(List.of("begin", "end"), marks);
        assertTrue(endpointing.cut(), "the server still owes its words");
        assertEquals(List.of("begin", "end"), marks, "no turn ends twice");
        endpointing.ended();
        assertFalse(endpointing.cut(), "nothing is owed any more");
    }

    @Test
    void a_short_pause_within_a_sentence_ends_nothing() {
        for (int i = 0; i < 5; i++) {
            sound(800, 6000);
            sound(320, 20);
        }
        assertEquals(List.of("begin"), marks);
    }

    @Test
    void a_silent_microphone_makes_no_turns_by_the_second() {
        sound(20_000, 20);
        assertEquals(List.of("begin"), marks);
    }

    @Test
    void whoever_never_pauses_is_written_down_all_the_same() {
        for (int i = 0; i < 40; i++) {
            sound(1000, 6000);
            endpointing.ended();
        }
        assertEquals(List.of("begin", "end", "begin"), marks);
        assertEquals(bytes(40_000), passed);
    }

    @Test
    void after_a_long_turn_a_breath_is_enough() {
        sound(13_000, 6000);
        sound(200, 20);
        assertEquals(List.of("begin", "end"), marks);
    }

    @Test
    void a_server_that_never_tells_the_end_costs_time_and_no_word() {
        sound(1000, 6000);
        sound(720, 20);
        sound(2000, 6000);
        assertEquals(List.of("begin", "end", "begin"), marks);
        assertEquals(bytes(1000) + bytes(720) + bytes(2000), passed);
    }

    @Test
    void a_pause_of_the_microphone_ends_the_turn_with_what_was_kept() {
        sound(1000, 6000);
        sound(720, 20);
        sound(400, 6000); // kept
        endpointing.pause();
        assertEquals(List.of("begin", "end", "begin", "end"), marks);
        assertEquals(bytes(1000) + bytes(720) + bytes(400), passed);
        endpointing.pause();
        assertEquals(4, marks.size());
    }

    @Test
    void in_a_noisy_room_the_pauses_are_found_too() {
        sound(2000, 400);
        sound(2000, 9000);
        sound(1000, 400);
        assertEquals(List.of("begin", "end"), marks.subList(0, 2));
    }

    @Test
    void whatever_comes_nothing_is_lost_and_turns_alternate() {
        Random random = new Random(5);
        int given = 0;
        for (int i = 0; i < 400; i++) {
            int millis = 40 * (1 + random.nextInt(40));
            sound(millis, random.nextBoolean() ? 20 : 5000);
            given += bytes(millis);
            if (random.nextInt(3) == 0) {
                endpointing.ended();
            }
        }
        endpointing.pause();
        assertEquals(given, passed);
        for (int i = 0; i < marks.size(); i++) {
            assertEquals(i % 2 == 0 ? "begin" : "end", marks.get(i));
        }
        assertTrue(marks.size() > 20, marks::toString);
    }
}
