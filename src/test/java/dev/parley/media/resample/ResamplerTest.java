package dev.parley.media.resample;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.testkit.AudioComparison;
import java.io.ByteArrayOutputStream;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResamplerTest {
    private static final double LOUD = 30_000;

    private final FilterBanks banks = new FilterBanks();

    @ParameterizedTest
    @ValueSource(
            ints = {8000, 11025, 12000, 22050, 24000, 32000, 44100, 48000, 88200, 96000, 192000, 8001, 47999, 191999})
    void a_sweep_of_tones_keeps_level_and_place_at_every_rate(int rate) {
        double passEdge = 0.45 * Math.min(rate, 16_000);
        for (double hertz = 50; hertz <= passEdge; hertz += passEdge / 9) {
            double[] out = toDoubles(resample(rate, tone(rate, hertz, LOUD, 0.2), 4000));
            // Every output sample must be the input's own sine at its own time: level and alignment at once.
            double worst = 0;
            for (int m = 400; m < out.length - 400; m++) {
                worst = Math.max(worst, Math.abs(out[m] - LOUD * Math.sin(2 * Math.PI * hertz * m / 16_000)));
            }
            assertTrue(worst < 8, rate + " Hz, tone of " + hertz + " Hz: off by " + worst);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {22050, 24000, 32000, 44100, 48000, 88200, 96000, 192000, 47999, 191999})
    void tones_above_8_kHz_are_80_dB_down(int rate) {
        for (double hertz = 8_050; hertz < rate / 2.0; hertz += rate / 37.0) {
            double[] out = toDoubles(resample(rate, tone(rate, hertz, LOUD, 0.2), 4000));
            double level = rms(out, 400, out.length - 400) / (LOUD / Math.sqrt(2));
            // Rounding to 16 bit alone leaves −96 dB.
            assertTrue(20 * Math.log10(level + 1e-9) < -80, rate + " Hz, tone of " + hertz + " Hz: " + level);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {8000, 11025, 12000, 8001})
    void what_is_made_up_above_a_low_rates_band_is_80_dB_down(int rate) {
        double hertz = rate * 0.44;
        double[] out = toDoubles(resample(rate, tone(rate, hertz, LOUD, 0.3), 4000));
        double image = rate - hertz;
        double re = 0;
        double im = 0;
        double weights = 0;
        for (int m = 400; m < out.length - 400; m++) {
            double weight = 1 - Math.cos(2 * Math.PI * (m - 400) / (out.length - 800)); // Hann: no leakage of the tone
            re += weight * out[m] * Math.cos(2 * Math.PI * image * m / 16_000);
            im += weight * out[m] * Math.sin(2 * Math.PI * image * m / 16_000);
            weights += weight;
        }
        double level = 2 * Math.hypot(re, im) / weights / LOUD;
        assertTrue(20 * Math.log10(level) < -80, rate + " Hz: " + level);
    }

    @ParameterizedTest
    @ValueSource(ints = {8000, 11025, 22050, 24000, 32000, 44100, 48000, 96000, 192000, 47999, 8001})
    void the_length_is_exact_and_no_cut_changes_a_bit(int rate) {
        Random random = new Random(rate);
        for (int length : new int[] {0, 1, 2, 3, 7, 160, 441, 4801, 20_011}) {
            short[] input = new short[length];
            for (int i = 0; i < length; i++) {
                input[i] = (short) random.nextInt(-20_000, 20_000);
            }
            short[] whole = resample(rate, input, Math.max(1, length));
            assertEquals(Math.round(length * 16_000.0 / rate), whole.length, rate + " Hz, " + length + " samples");
            assertArrayEquals(whole, resample(rate, input, 1));
            assertArrayEquals(whole, resample(rate, input, 997));
        }
    }

    @Test
    void too_loud_saturates_instead_of_wrapping() {
        short[] square = new short[48_000];
        for (int i = 0; i < square.length; i++) {
            square[i] = i / 240 % 2 == 0 ? Short.MAX_VALUE : Short.MIN_VALUE;
        }
        short[] out = resample(48_000, square, 4800);
        // The filter overshoots at each edge; a wrapped overshoot would have the other sign. One period is 160 samples.
        for (int m = 200; m < out.length - 200; m++) {
            int inPeriod = m % 160;
            if (inPeriod > 2 && inPeriod < 78) {
                assertTrue(out[m] > 20_000, "at " + m + ": " + out[m]);
            } else if (inPeriod > 82 && inPeriod < 158) {
                assertTrue(out[m] < -20_000, "at " + m + ": " + out[m]);
            }
        }
    }

    @Test
    void strangers_rates_do_not_fill_the_memory() {
        for (int rate = 8_000; rate < 8_200; rate += 10) {
            banks.resampler(rate);
        }
        assertTrue(banks.kept() <= 12);
        assertThrows(IllegalArgumentException.class, () -> banks.resampler(7_999));
        assertThrows(IllegalArgumentException.class, () -> banks.resampler(192_001));
        for (int rate : new int[] {8_001, 11_025, 44_100, 191_999, 15_999, 160_001}) {
            assertTrue(FilterBank.design(rate).table().length <= 80_000, "rate " + rate);
        }
    }

    private short[] resample(int rate, short[] input, int block) {
        Resampler resampler = banks.resampler(rate);
        ByteArrayOutputStream pcm = new ByteArrayOutputStream();
        byte[] out = new byte[resampler.maxBytes(block)];
        for (int at = 0; at < input.length; at += block) {
            pcm.write(out, 0, resampler.resample(input, at, Math.min(block, input.length - at), out));
        }
        pcm.write(out, 0, resampler.finish(out));
        return AudioComparison.samples(pcm.toByteArray());
    }

    private static short[] tone(int rate, double hertz, double amplitude, double seconds) {
        short[] tone = new short[(int) (rate * seconds)];
        for (int i = 0; i < tone.length; i++) {
            tone[i] = (short) Math.round(amplitude * Math.sin(2 * Math.PI * hertz * i / rate));
        }
        return tone;
    }

    private static double[] toDoubles(short[] samples) {
        double[] doubles = new double[samples.length];
        for (int i = 0; i < samples.length; i++) {
            doubles[i] = samples[i];
        }
        return doubles;
    }

    private static double rms(double[] samples, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += samples[i] * samples[i];
        }
        return Math.sqrt(sum / (to - from));
    }
}
