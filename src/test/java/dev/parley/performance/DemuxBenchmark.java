package dev.parley.performance;

import dev.parley.media.container.AudioTrack;
import dev.parley.media.container.Demuxer;
import dev.parley.media.container.PacketListener;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Bytes to packets, per 20 ms of audio. Each recording begins anew in the same demuxer when it has ended, as when a
 * recorder is restarted: what that allocates is in the figures.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class DemuxBenchmark {
    private final Source webm = new Source("chrome-32k.webm");
    private final Source ogg = new Source("firefox-ogg.ogg");
    private final Source mp4 = new Source("chrome-mp4-opus.mp4");

    /** 150 packets of 60 ms. */
    @Benchmark
    @OperationsPerInvocation(450)
    public long webm() {
        return webm.feed();
    }

    /** 301 packets of 20 ms. */
    @Benchmark
    @OperationsPerInvocation(301)
    public long ogg() {
        return ogg.feed();
    }

    /** 149 packets of 60 ms. */
    @Benchmark
    @OperationsPerInvocation(447)
    public long mp4() {
        return mp4.feed();
    }

    private static final class Source implements PacketListener {
        private final List<ByteBuffer> chunks;
        private final Demuxer demuxer;
        private long bytes;

        private Source(String recording) {
            RecordedStream stream = RecordedStream.of(recording);
            chunks = stream.chunks();
            demuxer = stream.demuxer(this);
        }

        private long feed() {
            for (ByteBuffer chunk : chunks) {
                demuxer.feed(chunk.rewind());
            }
            return bytes;
        }

        @Override
        public void track(AudioTrack track) {
            bytes++;
        }

        @Override
        public void packet(byte[] buffer, int offset, int length, long discardNanos) {
            bytes += length;
        }
    }
}
