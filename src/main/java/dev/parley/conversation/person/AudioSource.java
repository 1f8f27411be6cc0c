package dev.parley.conversation.person;

import dev.parley.media.AudioDecoder;
import dev.parley.media.AudioDecoders;
import dev.parley.shared.failure.ParleyException;
import org.jspecify.annotations.Nullable;

/**
 * Where decoders come from.
 *
 * @param decoders opens them
 * @param decoded told, on any thread, when one that decodes in another process has something to give
 */
public record AudioSource(AudioDecoders decoders, Runnable decoded) {
    /**
     * A decoder for one stream.
     *
     * @throws ParleyException {@code UNSUPPORTED_AUDIO} when that type cannot be decoded live
     */
    AudioDecoder open(@Nullable String audioType) {
        return decoders.open(audioType, decoded);
    }
}
