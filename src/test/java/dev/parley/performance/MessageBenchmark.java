package dev.parley.performance;

import dev.parley.gemini.message.AudioMessage;
import dev.parley.media.PcmFramer;
import java.nio.ByteBuffer;
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

/** 16 kHz to outgoing messages, base64 within, per 20 ms of audio. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class MessageBenchmark {
    /** 20 ms. */
    private static final int UNIT = 640;

    private final byte[] pcm = new byte[6 * UNIT];
    private final AudioMessage message = new AudioMessage(AudioMessage.Field.AUDIO);
    private final PcmFramer framer = new PcmFramer(this::write);
    private ByteBuffer last = ByteBuffer.allocate(0);

    private void write(byte[] buffer, int offset, int length) {
        last = message.of(buffer, offset, length);
    }

    /** A microphone's 40 ms: one message. */
    @Benchmark
    @OperationsPerInvocation(2)
    public ByteBuffer of40Millis() {
        framer.pcm(pcm, 0, 2 * UNIT);
        return last;
    }

    /** A recorder's 120 ms: two messages. */
    @Benchmark
    @OperationsPerInvocation(6)
    public ByteBuffer of120Millis() {
        framer.pcm(pcm, 0, 6 * UNIT);
        return last;
    }
}
