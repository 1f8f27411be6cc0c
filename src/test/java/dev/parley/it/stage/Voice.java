package dev.parley.it.stage;

import dev.parley.testkit.AudioComparison;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** A voice of the corpus at the sample rates that microphones have. Mono, 16 bit, little endian. */
public final class Voice {
    private static final int HALF_TAPS = 24;

    private static final int MODEL_RATE = 24_000;
    private static final int TONE_HERTZ = 440;

    private Voice() {}

    /** What a scripted model says: a tone, PCM s16le mono at 24 kHz. */
    public static byte[] tone(int seconds) {
        short[] samples = new short[seconds * MODEL_RATE];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (short) (8000 * Math.sin(2 * Math.PI * TONE_HERTZ * i / MODEL_RATE));
        }
        return bytes(samples);
    }

    /** Root mean square. */
    public static double loudness(short[] samples) {
        double sum = 0;
        for (short sample : samples) {
            sum += (double) sample * sample;
        }
        return Math.sqrt(sum / samples.length);
    }

    /** The bytes of samples. */
    public static byte[] bytes(short[] samples) {
        ByteBuffer bytes = ByteBuffer.allocate(samples.length * 2).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asShortBuffer().put(samples);
        return bytes.array();
    }

    /** 16 kHz samples at another, higher rate: interpolated with a windowed sinc, independent of the product's filter. */
    public static short[] at(int rate, short[] samples) {
        if (rate == AudioComparison.RATE) {
            return samples.clone();
        }
        short[] out = new short[(int) ((long) samples.length * rate / AudioComparison.RATE)];
        for (int i = 0; i < out.length; i++) {
            double at = (double) i * AudioComparison.RATE / rate;
            int centre = (int) Math.floor(at);
            double sum = 0;
            for (int k = Math.max(0, centre - HALF_TAPS + 1);
                    k <= Math.min(samples.length - 1, centre + HALF_TAPS);
                    k++) {
                double distance = at - k;
                double window = 0.5 + 0.5 * Math.cos(Math.PI * distance / HALF_TAPS);
                double sinc = distance == 0 ? 1 : Math.sin(Math.PI * distance) / (Math.PI * distance);
                sum += samples[k] * sinc * window;
            }
            out[i] = (short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, Math.round(sum)));
        }
        return out;
    }

    /** A WAV file. */
    public static byte[] wav(int rate, short[] samples) {
        byte[] data = bytes(samples);
        return ByteBuffer.allocate(44 + data.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put("RIFF".getBytes(StandardCharsets.US_ASCII))
                .putInt(36 + data.length)
                .put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII))
                .putInt(16)
                .putShort((short) 1)
                .putShort((short) 1)
                .putInt(rate)
                .putInt(rate * 2)
                .putShort((short) 2)
                .putShort((short) 16)
                .put("data".getBytes(StandardCharsets.US_ASCII))
                .putInt(data.length)
                .put(data)
                .array();
    }
}
