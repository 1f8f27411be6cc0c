package dev.parley.conversation.person;

import dev.parley.conversation.ledger.Pcm;
import dev.parley.media.AudioDecoder;
import dev.parley.media.AudioDecoders;
import dev.parley.media.PcmFramer;
import dev.parley.media.PcmSink;
import dev.parley.shared.failure.ParleyException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The client's audio on its way in: container streams, one after another, to PCM messages of 20 to 100 ms. Confined to
 * the mailbox.
 */
final class AudioIntake implements AutoCloseable {
    private final AudioDecoders decoders;
    private final PcmFramer framer;
    private @Nullable String audioType;

    /** The decoder of the stream that is running; null between streams. */
    private @Nullable AudioDecoder decoder;

    private int concealedBefore;

    /** Gives PCM messages, 16 kHz s16le mono, to {@code messages}. */
    AudioIntake(AudioDecoders decoders, Clock clock, PcmSink messages) {
        this.decoders = decoders;
        AudioPace pace = new AudioPace(clock);
        this.framer = new PcmFramer((pcm, offset, length) -> {
            pace.passed(Pcm.duration(length, Pcm.INPUT_RATE).toMillis());
            messages.pcm(pcm, offset, length);
        });
    }

    /**
     * Says what the client will send.
     *
     * @throws ParleyException {@code UNSUPPORTED_AUDIO} when that type cannot be decoded live
     */
    void declare(Optional<String> type) {
        audioType = type.orElse(null);
        if (audioType != null) {
            decoder = decoders.open(audioType);
        }
    }

    /**
     * Takes the next bytes; after {@link #endStream} they begin a new stream of the same type.
     *
     * @throws ParleyException {@code UNSUPPORTED_AUDIO}, or {@code TOO_LARGE} when it is far ahead of the clock
     */
    void take(ByteBuffer bytes) {
        AudioDecoder running = decoder;
        if (running == null) {
            running = decoders.open(audioType);
            decoder = running;
        }
        running.decode(bytes, framer);
    }

    /** Gives out what is complete but shorter than a message: what was said before must not come after. */
    void flush() {
        framer.flush();
    }

    /** The client's stream is over: gives out everything that is left of it. */
    void endStream() {
        AudioDecoder ending = decoder;
        decoder = null;
        if (ending != null) {
            try (ending) {
                ending.finish(framer);
            } finally {
                concealedBefore += ending.concealedPackets();
            }
        }
        framer.flush();
    }

    /** Corrupt packets so far that cost themselves only. */
    int concealedPackets() {
        AudioDecoder running = decoder;
        return concealedBefore + (running == null ? 0 : running.concealedPackets());
    }

    @Override
    public void close() {
        AudioDecoder ending = decoder;
        decoder = null;
        if (ending != null) {
            ending.close();
        }
    }
}
