package dev.parley.media;

import dev.parley.shared.failure.ParleyException;

/**
 * The place where a decoder for AAC is plugged in, as a CDI bean: without one, live AAC is refused. Fragmented MP4 is
 * taken apart before; what arrives here is one ADTS stream. Any thread.
 */
@FunctionalInterface
public interface AacDecoders {
    /**
     * A decoder for one stream of ADTS frames (ISO 14496-3 §1.A.2), each call a whole frame.
     *
     * @throws ParleyException {@code UNSUPPORTED_AUDIO} when this platform has none, {@code NO_CAPACITY} when all are
     *     in use
     */
    AudioDecoder open();
}
