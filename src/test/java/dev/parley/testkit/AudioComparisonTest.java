package dev.parley.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AudioComparisonTest {
    private static final short[] VOICE = AudioComparison.readWavResource("/corpus/chrome-32k.pcm16k.wav");

    @Test
    void a_signal_equals_itself() {
        AudioComparison same = AudioComparison.of(VOICE, VOICE);
        assertEquals(1, same.correlation(), 1e-9);
        assertEquals(0, same.lagSamples());
        assertEquals(0, same.lengthDifferenceMillis());
    }

    @Test
    void a_quieter_voice_is_found_inside_a_longer_noisy_recording() {
        Random random = new Random(1);
        short[] recording = new short[VOICE.length + 50_000];
        for (int i = 0; i < recording.length; i++) {
            recording[i] = (short) random.nextInt(-20, 21);
        }
        for (int i = 0; i < VOICE.length; i++) {
            recording[i + 12_345] += (short) (VOICE[i] / 2);
        }
        AudioComparison found = AudioComparison.of(recording, VOICE);
        assertTrue(found.correlation() > 0.98, found::toString);
        assertEquals(12_345, found.lagSamples());
        assertEquals(3125, found.lengthDifferenceMillis());
    }

    @Test
    void a_missing_beginning_is_a_negative_lag() {
        AudioComparison cut = AudioComparison.of(Arrays.copyOfRange(VOICE, 1000, VOICE.length), VOICE);
        assertEquals(1, cut.correlation(), 1e-9);
        assertEquals(-1000, cut.lagSamples());
        assertEquals(-62.5, cut.lengthDifferenceMillis());
    }

    @Test
    void another_voice_silence_and_wrong_polarity_do_not_match() {
        short[] inverted = new short[VOICE.length];
        for (int i = 0; i < VOICE.length; i++) {
            inverted[i] = (short) -VOICE[i];
        }
        assertEquals(0, AudioComparison.of(new short[VOICE.length], VOICE).correlation());
        assertTrue(AudioComparison.of(inverted, VOICE, 3).correlation() < 0.1);
        short[] tone = AudioComparison.readWavResource("/corpus/firefox.pcm16k.wav");
        assertTrue(AudioComparison.of(tone, VOICE).correlation() < 0.5);
    }

    @Test
    void half_a_sample_and_what_is_no_wav_are_refused() {
        assertThrows(IllegalArgumentException.class, () -> AudioComparison.samples(new byte[3]));
        assertThrows(IllegalArgumentException.class, () -> AudioComparison.readWav(new byte[100]));
    }
}
