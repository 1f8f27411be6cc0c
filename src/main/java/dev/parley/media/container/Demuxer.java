package dev.parley.media.container;

import dev.parley.shared.failure.ParleyException;
import java.nio.ByteBuffer;

/** Finds the packets of one sound track in a container's bytes as they arrive. One stream, one thread at a time. */
public interface Demuxer {
    /**
     * Takes the next bytes, split anywhere, and tells its {@link PacketListener} what they complete. Consumes the
     * buffer.
     *
     * @throws ParleyException {@code UNSUPPORTED_AUDIO} for a damaged container; the stream cannot be read on
     */
    void feed(ByteBuffer bytes);

    /** The stream ended: gives what waited for something that may follow it. */
    void end();
}
