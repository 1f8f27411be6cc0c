package dev.parley.performance;

import dev.parley.media.opus.OpusHead;
import dev.parley.media.opus.OpusStream;
import io.github.jaredmdobson.concentus.OpusDecoder;
import io.github.jaredmdobson.concentus.OpusException;
import java.util.List;
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

/** Opus packets to 48 kHz mono, per 20 ms of audio: our decoder, and Concentus beside it in the same run. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class OpusBenchmark {
    /** SILK, hybrid and CELT. */
    @Param({"chrome-16k", "chrome-32k", "chrome-128k"})
    public String recording = "chrome-32k";

    private List<byte[]> packets = List.of();
    private OpusStream stream = new OpusStream(OpusHead.parse(OpusHead.write(1, 0)));
    private final short[] samples = new short[OpusStream.MAX_SAMPLES];
    private OpusDecoder concentus = concentus();
    private int next;

    /** Opens the recording. */
    @Setup
    public void open() {
        RecordedStream recorded = RecordedStream.of(recording + ".webm");
        packets = recorded.packets();
        stream = new OpusStream(recorded.opusHead());
        concentus = concentus();
    }

    private static OpusDecoder concentus() {
        try {
            return new OpusDecoder(OpusStream.RATE, 1);
        } catch (OpusException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** One packet of 60 ms after the other, round and round. */
    @Benchmark
    @OperationsPerInvocation(3)
    public int decode() {
        byte[] packet = packets.get(next);
        next = (next + 1) % packets.size();
        return stream.decode(packet, 0, packet.length, 0);
    }

    /** The same packets, by Concentus. */
    @Benchmark
    @OperationsPerInvocation(3)
    public int decodeByConcentus() throws OpusException {
        byte[] packet = packets.get(next);
        next = (next + 1) % packets.size();
        return concentus.decode(packet, 0, packet.length, samples, 0, OpusStream.MAX_SAMPLES, false);
    }
}
