package dev.parley.media;

import dev.parley.media.resample.FilterBanks;
import dev.parley.shared.failure.ParleyException;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/**
 * Opens decoders for live audio: WebM or Matroska with Opus, and raw 16 bit samples. One for the application, because
 * its decoders share their filter tables; any thread.
 */
@ApplicationScoped
public class AudioDecoders {
    private final FilterBanks filters = new FilterBanks();

    /** Needs nothing; CDI's proxies use it too. */
    public AudioDecoders() {}

    /**
     * A decoder for one stream.
     *
     * @param mimeType what the client says it sends: {@code audio/webm}, with or without {@code ;codecs=opus}, or
     *     {@code audio/pcm;rate=N} with N in 8000–192000 and optionally {@code ;channels=2}; null, and types that say
     *     nothing certain, leave it to the stream's first bytes, which also win over a wrong declaration
     * @throws ParleyException {@code UNSUPPORTED_AUDIO} when what is declared is known and cannot be decoded live, with
     *     a sentence that says what can
     */
    public AudioDecoder open(@Nullable String mimeType) {
        return new SniffingDecoder(DeclaredAudio.parse(mimeType), filters);
    }
}
