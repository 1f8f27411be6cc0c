package dev.parley.load.speech;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A recording over and over, each time as a stream of its own, and what was sent when: the other half of what
 * {@link Latency} compares.
 */
public final class WebmSource implements Source {
    private final Recording recording;
    private final int perStream;
    private final long streamNanos;
    private final List<Sent> sent = new ArrayList<>();

    /**
     * A chunk that was sent.
     *
     * @param stream which repetition, from 0
     * @param samples of that stream that can be complete at the receiver now
     */
    public record Sent(long nanos, int stream, long samples) {}

    public WebmSource(Recording recording) {
        this.recording = recording;
        perStream = recording.chunks().size() + 1;
        streamNanos = (recording.chunks().get(perStream - 2).millis() + 100) * 1_000_000;
    }

    @Override
    public String mimeType() {
        return recording.mimeType();
    }

    @Override
    public long dueNanos(int index) {
        int within = index % perStream;
        long stream = index / perStream;
        // The end of a stream follows its last chunk by 50 ms.
        long at =
                within < perStream - 1 ? recording.chunks().get(within).millis() * 1_000_000 : streamNanos - 50_000_000;
        return stream * streamNanos + at;
    }

    @Override
    public ByteBuffer chunk(int index, long nowNanos) {
        int within = index % perStream;
        if (within == perStream - 1) {
            return ByteBuffer.allocate(0);
        }
        Recording.Chunk chunk = recording.chunks().get(within);
        sent.add(new Sent(nowNanos, index / perStream, chunk.samples()));
        return chunk.bytes().duplicate();
    }

    public List<Sent> sent() {
        return sent;
    }
}
