package dev.parley.simulator.sound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.testkit.AudioComparison;
import java.io.ByteArrayOutputStream;
import org.junit.jupiter.api.Test;

class VoicesTest {
    @Test
    void the_own_voice_comes_back_as_it_was_at_24_kHz() {
        short[] voice = AudioComparison.readWavResource("/corpus/chrome-128k.pcm16k.wav");
        short[] played = AudioComparison.samples(drain(new OwnVoice(voice, 16_000), 2400));
        assertEquals(voice.length * 3L / 2, played.length);
        short[] back = RateConverterTest.convert(played, 24_000, 16_000, 2400);
        AudioComparison comparison = AudioComparison.of(back, voice);
        assertTrue(comparison.correlation() >= 0.999, comparison.toString());
    }

    @Test
    void more_words_make_more_chimes_up_to_a_bound() {
        int one = new Chimes("hello").remaining();
        int three = new Chimes("hello dear world").remaining();
        int many = new Chimes("word ".repeat(1000)).remaining();
        assertTrue(one < three && three < many);
        assertTrue(many < 3 * Voice.RATE, "at most three seconds, not " + many);
        assertEquals(one, new Chimes(" ").remaining());
    }

    @Test
    void chimes_are_audible_and_end_without_a_click() {
        short[] sound = AudioComparison.samples(drain(new Chimes("one two"), 777));
        int peak = 0;
        for (short sample : sound) {
            peak = Math.max(peak, Math.abs(sample));
        }
        assertTrue(peak > 3000 && peak < 12_000, "peak " + peak);
        assertTrue(Math.abs(sound[sound.length - 1]) < 200);
    }

    private static byte[] drain(Voice voice, int piece) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        while (voice.remaining() > 0) {
            all.writeBytes(voice.next(piece));
        }
        assertEquals(0, voice.next(piece).length);
        return all.toByteArray();
    }
}
