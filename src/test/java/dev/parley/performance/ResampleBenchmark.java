package dev.parley.performance;

import dev.parley.media.AudioDecoder;
import dev.parley.media.AudioDecoders;
import dev.parley.media.resample.FilterBanks;
import dev.parley.media.resample.Resampler;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Any rate to 16 kHz, per 20 ms of audio. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ResampleBenchmark {
    /** 60 ms of decoded Opus. */
    @State(Scope.Thread)
    public static class Decoded {
        private final Resampler resampler = new FilterBanks().resampler(48_000);
        private final short[] samples = new short[2_880];
        private final byte[] out = new byte[resampler.maxBytes(samples.length)];

        /** A tone. */
        public Decoded() {
            for (int i = 0; i < samples.length; i++) {
                samples[i] = tone(i);
            }
        }
    }

    /** 40 ms as a microphone's worklet sends them: bytes, which become samples first. */
    @State(Scope.Thread)
    public static class Pcm {
        /** Hz. */
        @Param({"16000", "44100", "48000"})
        public int rate = 48_000;

        private AudioDecoder decoder = new AudioDecoders().open("audio/pcm;rate=48000");
        private ByteBuffer chunk = ByteBuffer.allocate(0);
        private long bytes;

        /** Opens the stream. */
        @Setup
        public void open() {
            decoder = new AudioDecoders().open("audio/pcm;rate=" + rate);
            chunk = ByteBuffer.allocate(rate / 25 * 2);
            for (int i = 0; chunk.hasRemaining(); i++) {
                chunk.putShort(Short.reverseBytes(tone(i)));
            }
        }

        private void count(byte[] buffer, int offset, int length) {
            bytes += length;
        }
    }

    private static short tone(int i) {
        return (short) (8_000 * Math.sin(i * 0.05));
    }

    /** Samples of the Opus decoder to 16 kHz. */
    @Benchmark
    @OperationsPerInvocation(3)
    public int decoded(Decoded state) {
        return state.resampler.resample(state.samples, 0, state.samples.length, state.out);
    }

    /** Bytes of a microphone to 16 kHz. */
    @Benchmark
    @OperationsPerInvocation(2)
    public long pcm(Pcm state) {
        state.decoder.decode(state.chunk.rewind(), state::count);
        return state.bytes;
    }
}
