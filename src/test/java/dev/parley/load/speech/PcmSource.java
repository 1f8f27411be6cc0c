package dev.parley.load.speech;

import dev.parley.load.wire.Mark;
import java.nio.ByteBuffer;

/** PCM at 16 kHz in chunks of 40 ms, each with its mark; behind the mark is a quiet tone. */
public final class PcmSource implements Source {
    private static final long CHUNK_NANOS = 40_000_000;

    private final int conversation;
    private final ByteBuffer chunk = ByteBuffer.allocate(Mark.CHUNK_BYTES);

    public PcmSource(int conversation) {
        this.conversation = conversation;
        for (int i = 0; i < Mark.CHUNK_BYTES; i += 2) {
            chunk.putShort(i, (short) (500 * Math.sin(i / 10.0)));
        }
    }

    @Override
    public String mimeType() {
        return "audio/pcm;rate=16000";
    }

    @Override
    public long dueNanos(int index) {
        return index * CHUNK_NANOS;
    }

    @Override
    public ByteBuffer chunk(int index, long nowNanos) {
        Mark.write(chunk, conversation, index, nowNanos);
        return chunk.clear();
    }
}
