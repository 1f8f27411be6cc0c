package dev.parley.media;

import dev.parley.media.resample.FilterBanks;
import dev.parley.shared.failure.ParleyException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;

/**
 * Opens decoders for live audio: WebM, Ogg and MP4 with Opus, raw 16 bit samples, and MP4 with AAC where a bean
 * provides {@link AacDecoders}. One for the application, because its decoders share their filter tables; any thread.
 */
@ApplicationScoped
public class AudioDecoders {
    private final FilterBanks filters = new FilterBanks();
    private final @Nullable AacDecoders aac;

    /** Without AAC; CDI's proxies use it too. */
    public AudioDecoders() {
        aac = null;
    }

    /** With AAC. */
    public AudioDecoders(AacDecoders aac) {
        this.aac = aac;
    }

    @Inject
    AudioDecoders(Instance<AacDecoders> aac) {
        this.aac = aac.isResolvable() ? aac.get() : null;
    }

    /**
     * A decoder for one stream.
     *
     * @param mimeType what the client says it sends: {@code audio/webm}, {@code audio/ogg} or {@code audio/mp4}, with or
     *     without {@code ;codecs=opus}, or {@code audio/pcm;rate=N} with N in 8000–192000 and optionally
     *     {@code ;channels=2}; null, and types that say nothing certain, leave it to the stream's first bytes, which
     *     also win over a wrong declaration
     * @throws ParleyException {@code UNSUPPORTED_AUDIO} when what is declared is known and cannot be decoded live, with
     *     a sentence that says what can
     */
    public AudioDecoder open(@Nullable String mimeType) {
        return new SniffingDecoder(DeclaredAudio.parse(mimeType, aac != null), filters, aac);
    }
}
