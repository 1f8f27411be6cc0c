package dev.parley.gemini.socket;

import dev.parley.gemini.message.AudioMessage;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import org.glassfish.tyrus.spi.CompletionHandler;
import org.glassfish.tyrus.spi.Writer;
import org.jspecify.annotations.Nullable;
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

/** An outgoing message of 40 ms to a masked frame, per 20 ms of audio. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class TextFramesBenchmark {
    private final ByteBuffer message = new AudioMessage(AudioMessage.Field.AUDIO).of(new byte[1_280], 0, 1_280);
    private final TextFrames frames = new TextFrames(
            new Writer() {
                @Override
                public void write(ByteBuffer frame, CompletionHandler<ByteBuffer> completion) {
                    completion.completed(frame);
                }

                @Override
                public void close() {}
            },
            new SecureRandom());
    private int completed;

    private void complete(@Nullable Throwable failure) {
        completed++;
    }

    /** Frames and masks it. */
    @Benchmark
    @OperationsPerInvocation(2)
    public int frame() {
        frames.write(message, this::complete);
        return completed;
    }
}
