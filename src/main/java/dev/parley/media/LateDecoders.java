package dev.parley.media;

import dev.parley.shared.failure.ParleyException;

/**
 * Opens decoders for what is not decoded in this process: AAC in fragmented MP4 above all. Their samples come later than
 * the bytes. Any thread; does not wait.
 */
@FunctionalInterface
public interface LateDecoders {
    /**
     * A decoder for one stream, from its first byte. Its {@code decode} never waits; bytes that the other process does not
     * take in time end the stream as {@code TOO_LARGE}.
     *
     * @param wakeUp called on any thread when there is something to {@link AudioDecoder#poll}, a failure and the end
     *     included; must return at once. Not called again before {@code poll}, {@code decode} or {@code finish} was
     * @throws ParleyException {@code UNSUPPORTED_AUDIO} when this server cannot decode so, {@code NO_CAPACITY} when it
     *     decodes as many streams already as it may
     */
    AudioDecoder open(Runnable wakeUp);
}
