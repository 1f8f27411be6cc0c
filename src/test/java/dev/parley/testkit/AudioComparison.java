package dev.parley.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.nio.charset.StandardCharsets;

/**
 * How alike two pieces of 16 kHz mono speech are: the normalised correlation at the lag where it is best, that lag,
 * and the difference of their lengths. Scale does not matter, polarity does. Every lag is tried at which at least half
 * of the shorter piece overlaps, so a reference is also found inside a longer recording.
 *
 * @param correlation −1 … 1 over the overlap; 1 is the same signal but for its volume, 0 when one side is silent
 * @param lagSamples where {@code reference} starts in {@code actual}; negative when its beginning is missing there
 * @param lengthDifferenceMillis actual minus reference
 */
public record AudioComparison(double correlation, int lagSamples, double lengthDifferenceMillis) {
    /** Samples per second of both sides. */
    public static final int RATE = 16_000;

    /** Compares at every lag. */
    public static AudioComparison of(short[] actual, short[] reference) {
        return of(actual, reference, Integer.MAX_VALUE);
    }

    /** Compares at lags of at most {@code maxLagSamples} either way: what repeats itself needs such a bound. */
    public static AudioComparison of(short[] actual, short[] reference, int maxLagSamples) {
        double lengthDifference = (actual.length - reference.length) * 1000.0 / RATE;
        int minOverlap = Math.max(1, Math.min(actual.length, reference.length) / 2);
        double[] products = crossProducts(actual, reference);
        double[] actualEnergy = energySums(actual);
        double[] referenceEnergy = energySums(reference);
        double best = 0;
        int bestLag = 0;
        for (int lag = minOverlap - reference.length; lag <= actual.length - minOverlap; lag++) {
            int from = Math.max(0, lag);
            int to = Math.min(actual.length, lag + reference.length);
            if (to - from < minOverlap || Math.abs((long) lag) > maxLagSamples) {
                continue;
            }
            double energy =
                    (actualEnergy[to] - actualEnergy[from]) * (referenceEnergy[to - lag] - referenceEnergy[from - lag]);
            if (energy <= 0) {
                continue;
            }
            double correlation = products[Math.floorMod(lag, products.length)] / Math.sqrt(energy);
            if (correlation > best) {
                best = correlation;
                bestLag = lag;
            }
        }
        return new AudioComparison(Math.min(1, best), bestLag, lengthDifference);
    }

    /** The samples of s16le bytes; an odd last byte is an error. */
    public static short[] samples(byte[] pcm) {
        if (pcm.length % 2 != 0) {
            throw new IllegalArgumentException("half a sample at the end: " + pcm.length + " bytes");
        }
        ShortBuffer buffer = ByteBuffer.wrap(pcm).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
        short[] samples = new short[buffer.remaining()];
        buffer.get(samples);
        return samples;
    }

    /** The samples of a WAV resource of the class path; it must be 16 kHz, mono, 16 bit PCM. */
    public static short[] readWavResource(String name) {
        try (InputStream in = AudioComparison.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalArgumentException("no resource " + name);
            }
            return readWav(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The samples of a WAV file; it must be 16 kHz, mono, 16 bit PCM. */
    public static short[] readWav(byte[] wav) {
        ByteBuffer buffer = ByteBuffer.wrap(wav).order(ByteOrder.LITTLE_ENDIAN);
        if (!"RIFF".equals(tag(buffer))) {
            throw new IllegalArgumentException("not a WAV file");
        }
        buffer.getInt();
        tag(buffer);
        while (buffer.remaining() >= 8) {
            String chunk = tag(buffer);
            int size = buffer.getInt();
            if ("fmt ".equals(chunk)) {
                int at = buffer.position();
                if (buffer.getShort(at + 2) != 1 || buffer.getInt(at + 4) != RATE || buffer.getShort(at + 14) != 16) {
                    throw new IllegalArgumentException("not 16 kHz mono 16 bit");
                }
            } else if ("data".equals(chunk)) {
                byte[] data = new byte[Math.min(size, buffer.remaining())];
                buffer.get(data);
                return samples(data);
            }
            buffer.position(buffer.position() + size + (size & 1));
        }
        throw new IllegalArgumentException("a WAV file without data");
    }

    private static String tag(ByteBuffer buffer) {
        byte[] tag = new byte[4];
        buffer.get(tag);
        return new String(tag, StandardCharsets.US_ASCII);
    }

    private static double[] energySums(short[] samples) {
        double[] sums = new double[samples.length + 1];
        for (int i = 0; i < samples.length; i++) {
            sums[i + 1] = sums[i] + (double) samples[i] * samples[i];
        }
        return sums;
    }

    /** Element {@code lag mod length} is Σ actual[i + lag]·reference[i], by one complex FFT of both real signals. */
    private static double[] crossProducts(short[] actual, short[] reference) {
        int size = Integer.highestOneBit(Math.max(1, actual.length + reference.length)) << 1;
        double[] re = new double[size];
        double[] im = new double[size];
        for (int i = 0; i < actual.length; i++) {
            re[i] = actual[i];
        }
        for (int i = 0; i < reference.length; i++) {
            im[i] = reference[i];
        }
        fft(re, im);
        double[] productRe = new double[size];
        double[] productIm = new double[size];
        for (int k = 0; k < size; k++) {
            int mirror = (size - k) & (size - 1);
            double aRe = (re[k] + re[mirror]) / 2;
            double aIm = (im[k] - im[mirror]) / 2;
            double rRe = (im[k] + im[mirror]) / 2;
            double rIm = (re[mirror] - re[k]) / 2;
            productRe[k] = aRe * rRe + aIm * rIm;
            // The inverse transform is the forward one of the conjugate; the result is real.
            productIm[k] = -(aIm * rRe - aRe * rIm);
        }
        fft(productRe, productIm);
        for (int k = 0; k < size; k++) {
            productRe[k] /= size;
        }
        return productRe;
    }

    /** In place, radix 2, forward. */
    private static void fft(double[] re, double[] im) {
        int size = re.length;
        for (int i = 1, j = 0; i < size; i++) {
            int bit = size >> 1;
            for (; (j & bit) != 0; bit >>= 1) {
                j ^= bit;
            }
            j ^= bit;
            if (i < j) {
                double swap = re[i];
                re[i] = re[j];
                re[j] = swap;
                swap = im[i];
                im[i] = im[j];
                im[j] = swap;
            }
        }
        double[] cos = new double[size / 2];
        double[] sin = new double[size / 2];
        for (int i = 0; i < size / 2; i++) {
            cos[i] = Math.cos(2 * Math.PI * i / size);
            sin[i] = -Math.sin(2 * Math.PI * i / size);
        }
        for (int half = 1; half < size; half <<= 1) {
            int step = size / (2 * half);
            for (int start = 0; start < size; start += 2 * half) {
                for (int k = 0; k < half; k++) {
                    int a = start + k;
                    int b = a + half;
                    double bRe = re[b] * cos[k * step] - im[b] * sin[k * step];
                    double bIm = re[b] * sin[k * step] + im[b] * cos[k * step];
                    re[b] = re[a] - bRe;
                    im[b] = im[a] - bIm;
                    re[a] += bRe;
                    im[a] += bIm;
                }
            }
        }
    }
}
