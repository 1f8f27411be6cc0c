package dev.parley.media;

import dev.parley.shared.failure.ParleyException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Decodes one audio stream as its bytes arrive. Not thread safe: one thread at a time. After a
 * {@link ParleyException} the stream is over and only {@link #close()} may be called.
 */
public interface AudioDecoder extends AutoCloseable {
    /**
     * Takes the next bytes of the stream, split anywhere, and gives what they complete to {@code sink} before it
     * returns. Consumes the buffer.
     *
     * @throws ParleyException {@code UNSUPPORTED_AUDIO} when the bytes are not audio that can be decoded
     */
    void decode(ByteBuffer bytes, PcmSink sink);

    /**
     * The stream ended: gives what was held back (filter tails, an incomplete last chunk's complete packets). When
     * {@link #poll} then answers true, the rest comes later.
     */
    void finish(PcmSink sink);

    /**
     * Gives what was decoded elsewhere since the last call. Only decoders that decode in another process
     * ({@link LateDecoders}) have something here; they announce it by the wake-up they were opened with.
     *
     * @return whether samples may still come without another {@link #decode}; false, at the latest, once a finished stream
     *     has been given whole
     * @throws ParleyException when decoding failed meanwhile
     */
    default boolean poll(PcmSink sink) {
        return false;
    }

    /**
     * What is to be told about the declared type: a sentence, once the first bytes show something else than was
     * declared, and empty before or when all is well. The stream is decoded as what it is.
     */
    default Optional<String> mismatch() {
        return Optional.empty();
    }

    /**
     * Whether decoding costs about as much as copying, so that few bytes are little work: samples. Compressed audio is
     * otherwise, and so is a stream that is not known yet.
     */
    default boolean workFollowsBytes() {
        return false;
    }

    /** Packets that were corrupt and replaced by concealment or silence. */
    int concealedPackets();

    /** Frees what the decoder holds; may be called twice. */
    @Override
    void close();
}
