package dev.parley.media;

import dev.parley.shared.failure.ParleyException;
import java.util.Optional;

/**
 * The place where a decoder for live AAC is plugged in, as a CDI bean: one that does not decode in this process. Its samples
 * come later than the bytes. Any thread; does not wait.
 */
@FunctionalInterface
public interface LateDecoders {
    /**
     * A decoder for one stream of ADTS frames (ISO 14496-3 §1.A.2), from its first byte. Its {@code decode} never waits;
     * bytes that the other process does not take in time end the stream as {@code TOO_LARGE}.
     *
     * @param wakeUp called on any thread when there is something to {@link AudioDecoder#poll}, a failure and the end
     *     included; must return at once. Not called again before {@code poll}, {@code decode} or {@code finish} was
     * @throws ParleyException {@code UNSUPPORTED_AUDIO} when this server cannot decode so, {@code NO_CAPACITY} when it
     *     decodes as many streams already as it may
     */
    AudioDecoder open(Runnable wakeUp);

    /** Why none can be opened on this server, whatever the stream; completes "cannot be decoded on this server: …". */
    default Optional<String> missing() {
        return Optional.empty();
    }
}
