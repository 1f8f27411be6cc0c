package dev.parley.shared.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CloseReasonsTest {
    @Test
    void what_fits_stays() {
        String reason = "a".repeat(123);
        assertEquals(reason, CloseReasons.fit(reason));
        assertEquals("", CloseReasons.fit(""));
        assertSame("short", CloseReasons.fit("short").intern());
    }

    @Test
    void a_character_is_never_cut_in_half() {
        for (String character : new String[] {"a", "\u00e4", "\u20ac", "\ud83d\ude00"}) {
            int width = character.getBytes(StandardCharsets.UTF_8).length;
            for (int lead = 0; lead < 5; lead++) {
                String fit = CloseReasons.fit("x".repeat(lead) + character.repeat(130));
                int fitting = (123 - lead) / width;
                assertEquals("x".repeat(lead) + character.repeat(fitting), fit);
            }
        }
    }

    @Test
    void half_a_surrogate_pair_becomes_a_question_mark() {
        assertEquals("a?b", CloseReasons.fit("a\ud83db"));
        assertEquals("?a", CloseReasons.fit("\ude00a"));
        assertEquals("?".repeat(123), CloseReasons.fit("\ud83d".repeat(500)));
        assertEquals("x".repeat(122) + "?", CloseReasons.fit("x".repeat(122) + "\ud83d" + "y"));
    }

    @Test
    void any_text_is_cut_to_its_longest_prefix_that_fits() {
        Random random = new Random(7);
        for (int i = 0; i < 5_000; i++) {
            String text = random.ints(random.nextInt(200), 0, 0x10000)
                    .collect(
                            StringBuilder::new,
                            (all, c) -> all.append(character(random, (char) c)),
                            StringBuilder::append)
                    .toString();
            String whole = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
            String fit = CloseReasons.fit(text);
            int bytes = fit.getBytes(StandardCharsets.UTF_8).length;
            assertTrue(bytes <= 123);
            assertTrue(whole.startsWith(fit));
            if (fit.length() < whole.length()) {
                String next = Character.toString(whole.codePointAt(fit.length()));
                assertTrue(bytes + next.getBytes(StandardCharsets.UTF_8).length > 123, "room was left");
            }
        }
    }

    private static String character(Random random, char any) {
        return random.nextInt(3) == 0 ? Character.toString(0x1F600 + any % 50) : String.valueOf(any);
    }
}
