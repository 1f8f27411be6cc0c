package dev.parley.simulator.sound;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.testkit.AudioComparison;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RateConverterTest {
    private static final short[] VOICE = AudioComparison.readWavResource("/corpus/chrome-128k.pcm16k.wav");

    @ParameterizedTest
    @ValueSource(ints = {8000, 11_025, 22_050, 24_000, 44_100, 48_000, 47_999, 96_000})
    void speech_survives_the_way_to_another_rate_and_back(int rate) {
        short[] there = convert(VOICE, 16_000, rate, VOICE.length);
        short[] back = convert(there, rate, 16_000, there.length);
        AudioComparison comparison = AudioComparison.of(back, VOICE);
        double expected = rate < 16_000 ? 0.97 : 0.999; // lower rates cannot carry the upper band
        assertTrue(comparison.correlation() >= expected, comparison.toString());
        assertEquals(0, comparison.lagSamples());
        assertEquals(0, comparison.lengthDifferenceMillis(), 0.1);
    }

    @Test
    void the_pieces_of_the_input_do_not_matter() {
        short[] whole = convert(VOICE, 16_000, 24_000, VOICE.length);
        assertArrayEquals(whole, convert(VOICE, 16_000, 24_000, 7));
        assertArrayEquals(whole, convert(VOICE, 16_000, 24_000, 1));
    }

    @Test
    void what_the_lower_rate_cannot_carry_is_gone_instead_of_mirrored() {
        short[] tone = new short[48_000];
        for (int i = 0; i < tone.length; i++) {
            tone[i] = (short) Math.round(20_000 * Math.sin(2 * Math.PI * 10_000 * i / 48_000));
        }
        short[] converted = convert(tone, 48_000, 16_000, 480);
        double power = 0;
        for (int i = 1000; i < 15_000; i++) {
            power += (double) converted[i] * converted[i] / 14_000;
        }
        assertTrue(Math.sqrt(power) < 20, "left over: " + Math.sqrt(power));
    }

    @Test
    void full_scale_noise_is_clipped_and_never_wraps() {
        short[] noise = new short[16_000];
        Random random = new Random(1);
        for (int i = 0; i < noise.length; i++) {
            noise[i] = random.nextBoolean() ? Short.MAX_VALUE : Short.MIN_VALUE;
        }
        short[] half = new short[noise.length];
        for (int i = 0; i < half.length; i++) {
            half[i] = (short) (noise[i] / 2);
        }
        short[] loud = convert(noise, 16_000, 24_000, 160);
        short[] quiet = convert(half, 16_000, 24_000, 160);
        for (int i = 0; i < loud.length; i++) {
            int expected = Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, 2 * quiet[i]));
            assertTrue(Math.abs(expected - loud[i]) < 10, loud[i] + " instead of " + expected);
        }
    }

    static short[] convert(short[] input, int from, int to, int piece) {
        RateConverter converter = new RateConverter(from, to);
        short[] output = new short[(int) (1L * input.length * to / from) + 2];
        int made = 0;
        for (int at = 0; at <= input.length; at += piece) {
            boolean last = at + piece > input.length;
            short[] next = converter.convert(input, at, Math.min(piece, input.length - at));
            System.arraycopy(next, 0, output, made, next.length);
            made += next.length;
            if (last) {
                short[] rest = converter.finish();
                System.arraycopy(rest, 0, output, made, rest.length);
                made += rest.length;
            }
        }
        return Arrays.copyOf(output, made);
    }
}
