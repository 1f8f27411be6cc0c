package dev.parley.media;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * CPU time of live decoding. The WebM score is per recording: divide by its seconds (9.0, 9.0, 8.94) for the cost of a
 * second of speech. The PCM score is per chunk of 40 ms: 25 make a second.
 *
 * <p>Run: {@code mvn test-compile dependency:build-classpath -Dmdep.outputFile=target/cp}, then
 * {@code java -cp target/test-classes:target/classes:$(cat target/cp) org.openjdk.jmh.Main DecodeBenchmark -prof gc}.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 3, time = 2)
@Fork(1)
public class DecodeBenchmark {
    /** A recording and its chunks of about 120 ms, two 60 ms packets each. */
    @State(Scope.Thread)
    public static class Webm {
        /** 16 and 32 kbit/s are what low bandwidth uses, 128 is the recorder's default. */
        @Param({"chrome-16k", "chrome-32k", "chrome-128k"})
        public String recording = "chrome-32k";

        private final AudioDecoders decoders = new AudioDecoders();
        private final List<ByteBuffer> chunks = new ArrayList<>();

        /** Cuts the recording as it was delivered. */
        @Setup
        public void cut() {
            Recording webm = Recording.webm(recording);
            int at = 0;
            for (int size : webm.chunks()) {
                chunks.add(ByteBuffer.wrap(webm.bytes(), at, size).slice());
                at += size;
            }
        }
    }

    /** An endless stream in chunks of 40 ms. */
    @State(Scope.Thread)
    public static class Pcm {
        /** Hz. */
        @Param({"16000", "44100", "48000"})
        public int rate = 48_000;

        private AudioDecoder decoder = new AudioDecoders().open("audio/pcm;rate=48000");
        private ByteBuffer chunk = ByteBuffer.allocate(0);

        /** Opens the stream. */
        @Setup
        public void open() {
            decoder = new AudioDecoders().open("audio/pcm;rate=" + rate);
            byte[] bytes = new byte[rate / 25 * 2];
            for (int i = 0; i < bytes.length / 2; i++) {
                int sample = (int) (8000 * Math.sin(i * 0.05));
                bytes[2 * i] = (byte) sample;
                bytes[2 * i + 1] = (byte) (sample >> 8);
            }
            chunk = ByteBuffer.wrap(bytes);
        }
    }

    /** A whole recording through demuxer, Opus and resampler. */
    @Benchmark
    public long webmRecording(Webm state) {
        Total total = new Total();
        AudioDecoder decoder = state.decoders.open("audio/webm;codecs=opus");
        for (ByteBuffer chunk : state.chunks) {
            decoder.decode(chunk.rewind(), total);
        }
        decoder.finish(total);
        return total.bytes;
    }

    /** 40 ms through the resampler. */
    @Benchmark
    public long pcmChunk(Pcm state) {
        Total total = new Total();
        state.decoder.decode(state.chunk.rewind(), total);
        return total.bytes;
    }

    private static final class Total implements PcmSink {
        private long bytes;

        @Override
        public void pcm(byte[] buffer, int offset, int length) {
            bytes += length;
        }
    }
}
