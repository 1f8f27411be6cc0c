package dev.parley.media;

import dev.parley.media.resample.FilterBanks;
import dev.parley.shared.failure.ParleyException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;

/**
 * Opens decoders for live audio: WebM, Ogg and MP4 with Opus, raw 16 bit samples, and AAC, in MP4 or ADTS, where a bean
 * provides {@link LateDecoders}. One for the application, because its decoders share their filter tables; any thread.
 */
@ApplicationScoped
public class AudioDecoders {
    private final FilterBanks filters = new FilterBanks();
    private final @Nullable LateDecoders late;

    /** Without AAC; CDI's proxies use it too. */
    public AudioDecoders() {
        late = null;
    }

    /** With AAC. */
    public AudioDecoders(LateDecoders late) {
        this.late = late;
    }

    @Inject
    AudioDecoders(Instance<LateDecoders> late) {
        this.late = late.isResolvable() ? late.get() : null;
    }

    /**
     * A decoder for one stream, whose samples may come later than the bytes.
     *
     * @param mimeType what the client says it sends: {@code audio/webm}, {@code audio/ogg} or {@code audio/mp4}, with or
     *     without {@code ;codecs=opus}, {@code audio/mp4;codecs=mp4a.40.2}, {@code audio/aac}, or
     *     {@code audio/pcm;rate=N} with N in 8000–192000 and optionally {@code ;channels=2}; null, and types that say
     *     nothing certain, leave it to the stream's first bytes, which also win over a wrong declaration
     * @param wakeUp as for {@link LateDecoders#open}; called for AAC only
     * @throws ParleyException {@code UNSUPPORTED_AUDIO} when what is declared is known and cannot be decoded live, with
     *     a sentence that says what can
     */
    public AudioDecoder open(@Nullable String mimeType, Runnable wakeUp) {
        return new SniffingDecoder(DeclaredAudio.parse(mimeType, late), filters, late, wakeUp);
    }

    /** As {@link #open(String, Runnable)}, for an owner that cannot be woken: without AAC, nothing comes late. */
    public AudioDecoder open(@Nullable String mimeType) {
        return new SniffingDecoder(DeclaredAudio.parse(mimeType, null), filters, null, () -> {});
    }
}
