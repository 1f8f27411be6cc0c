package dev.parley.simulator.survey;

import dev.parley.media.PcmSink;
import dev.parley.media.resample.FilterBank;
import dev.parley.media.resample.FilterBanks;
import dev.parley.media.resample.Resampler;
import dev.parley.shared.failure.FailureKind;
import dev.parley.shared.failure.ParleyException;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Decodes a WAV file (RIFF; integer PCM of 8, 16, 24 and 32 bits, floats of 32 bits, any number of channels up to 16)
 * to 16 kHz mono. A data chunk that is longer than the file, or of length 0 or 2³²−1 as recorders that stream write
 * it, ends with the file.
 */
final class WavSound {
    private static final int RIFF_HEADER = 12;
    private static final int MAX_FORMAT_BYTES = 1024;
    private static final int INTEGER = 1;
    private static final int FLOAT = 3;
    private static final int EXTENSIBLE = 0xFFFE;
    private static final int MAX_CHANNELS = 16;
    private static final int BLOCK_FRAMES = 4_800;
    private static final long OPEN_END = 0xFFFFFFFFL;

    private final InputStream in;
    private final FilterBanks filters;

    WavSound(InputStream in, FilterBanks filters) {
        this.in = in;
        this.filters = filters;
    }

    /** What the format chunk says. */
    private record Format(int code, int channels, int rate, int bits) {
        int sampleBytes() {
            return bits / 8;
        }

        int frameBytes() {
            return channels * sampleBytes();
        }
    }

    /**
     * Reads the file to its end.
     *
     * @throws ParleyException {@code UNSUPPORTED_AUDIO}
     */
    void decode(PcmSink sink) throws IOException {
        skip(RIFF_HEADER);
        Format format = null;
        while (true) {
            byte[] header = in.readNBytes(8);
            if (header.length < 8) {
                throw refused("The WAV file ends before its samples.");
            }
            long length = number(header, 4, 4);
            if (matches(header, "data")) {
                if (format == null) {
                    throw refused("The WAV file's samples come before their format.");
                }
                boolean open = length == 0 || length == OPEN_END;
                samples(format, open ? Long.MAX_VALUE : length, sink);
                return;
            }
            if (matches(header, "fmt ")) {
                format = format(length);
            } else {
                skip(length + (length & 1)); // chunks are padded to even lengths
            }
        }
    }

    private Format format(long length) throws IOException {
        if (length < 16 || length > MAX_FORMAT_BYTES) {
            throw refused("The WAV file's format chunk has " + length + " bytes.");
        }
        byte[] chunk = in.readNBytes((int) (length + (length & 1)));
        if (chunk.length < length) {
            throw refused("The WAV file ends within its format.");
        }
        int code = (int) number(chunk, 0, 2);
        if (code == EXTENSIBLE && length >= 26) {
            code = (int) number(chunk, 24, 2); // the first bytes of the sub-format's GUID
        }
        long rate = number(chunk, 4, 4);
        int channels = (int) number(chunk, 2, 2);
        int bits = (int) number(chunk, 14, 2);
        boolean integer = code == INTEGER && (bits == 8 || bits == 16 || bits == 24 || bits == 32);
        boolean known = integer || (code == FLOAT && bits == 32);
        if (!known) {
            throw refused("The WAV file holds format " + code + " with " + bits + " bits, not PCM.");
        }
        if (channels < 1 || channels > MAX_CHANNELS) {
            throw refused("The WAV file has " + channels + " channels.");
        }
        if (rate < FilterBank.MIN_RATE || rate > FilterBank.MAX_RATE) {
            throw refused("The WAV file has a sampling rate of " + rate + " Hz.");
        }
        return new Format(code, channels, (int) rate, bits);
    }

    private void samples(Format format, long length, PcmSink sink) throws IOException {
        Resampler resampler = format.rate() == FilterBank.OUTPUT_RATE ? null : filters.resampler(format.rate());
        byte[] bytes = new byte[BLOCK_FRAMES * format.frameBytes()];
        short[] mono = new short[BLOCK_FRAMES];
        byte[] out = new byte[resampler == null ? 2 * BLOCK_FRAMES : resampler.maxBytes(BLOCK_FRAMES)];
        long left = length;
        while (left > 0) {
            int read = in.readNBytes(bytes, 0, (int) Math.min(bytes.length, left));
            left -= read;
            int frames = read / format.frameBytes();
            if (frames == 0) {
                break;
            }
            mix(bytes, frames, format, mono);
            give(sink, out, pass(resampler, mono, frames, out));
        }
        if (resampler != null) {
            give(sink, out, resampler.finish(out));
        }
    }

    private static int pass(@Nullable Resampler resampler, short[] mono, int frames, byte[] out) {
        if (resampler != null) {
            return resampler.resample(mono, 0, frames, out);
        }
        for (int i = 0; i < frames; i++) {
            out[2 * i] = (byte) mono[i];
            out[2 * i + 1] = (byte) (mono[i] >> 8);
        }
        return 2 * frames;
    }

    private static void give(PcmSink sink, byte[] out, int length) {
        if (length > 0) {
            sink.pcm(out, 0, length);
        }
    }

    private static void mix(byte[] bytes, int frames, Format format, short[] mono) {
        int at = 0;
        for (int frame = 0; frame < frames; frame++) {
            float sum = 0;
            for (int channel = 0; channel < format.channels(); channel++) {
                sum += sample(bytes, at, format);
                at += format.sampleBytes();
            }
            float mean = sum / format.channels();
            mono[frame] = (short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, Math.round(mean)));
        }
    }

    /** In steps of 16 bits, whatever the depth. */
    private static float sample(byte[] bytes, int at, Format format) {
        int bits = format.bits();
        if (bits == 8) {
            return ((bytes[at] & 0xFF) - 128) * 256f; // the only unsigned one
        }
        int value = (int) number(bytes, at, bits / 8) << (32 - bits);
        if (format.code() == FLOAT) {
            float sample = Float.intBitsToFloat(value) * 32_768f;
            return Float.isFinite(sample) ? sample : 0;
        }
        return value / 65_536f;
    }

    private static long number(byte[] bytes, int at, int length) {
        long number = 0;
        for (int i = length - 1; i >= 0; i--) {
            number = (number << 8) | (bytes[at + i] & 0xFF);
        }
        return number;
    }

    private static boolean matches(byte[] header, String name) {
        for (int i = 0; i < 4; i++) {
            if (header[i] != name.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private void skip(long count) throws IOException {
        long left = count;
        while (left > 0) {
            long skipped = in.skip(left);
            if (skipped <= 0 && in.read() < 0) {
                return; // what is missing is noticed at the next chunk
            }
            left -= Math.max(1, skipped);
        }
    }

    private static ParleyException refused(String message) {
        return new ParleyException(FailureKind.UNSUPPORTED_AUDIO, message);
    }
}
