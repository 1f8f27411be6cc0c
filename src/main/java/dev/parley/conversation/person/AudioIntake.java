package dev.parley.conversation.person;

import dev.parley.conversation.ledger.Pcm;
import dev.parley.media.AudioDecoder;
import dev.parley.media.PcmFramer;
import dev.parley.media.PcmSink;
import dev.parley.shared.failure.ParleyException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The client's audio on its way in: container streams, one after another, to PCM messages of 20 to 100 ms. Where a stream
 * is decoded in another process its samples come later than its bytes, also after its end; the next stream must not begin
 * before. Confined to the mailbox.
 */
final class AudioIntake implements AutoCloseable {
    private final AudioSource source;
    private final Consumer<String> mismatch;
    private final PcmFramer framer;
    private final AudioPace pace;
    private @Nullable String audioType;

    /** The decoder of the stream that is running; null between streams. */
    private @Nullable AudioDecoder decoder;

    /** The decoder of a stream that is over and whose samples are still coming; null when there is none. */
    private @Nullable AudioDecoder ending;

    private int concealedBefore;
    private boolean mismatchTold;

    /** Written in the mailbox; read by whoever brings audio. */
    private volatile boolean samples;

    /**
     * Gives PCM messages, 16 kHz s16le mono, to {@code messages}.
     *
     * @param mismatch told once, in a sentence, when the audio is something else than was declared
     */
    AudioIntake(AudioSource source, Clock clock, PcmSink messages, Consumer<String> mismatch) {
        this.source = source;
        this.mismatch = mismatch;
        this.pace = new AudioPace(clock);
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
            decoder = source.open(audioType);
        }
    }

    /** The client was away for so long, and may bring what it recorded. */
    void away(Duration time) {
        pace.away(time);
    }

    /** Says what the next stream will be. */
    void nextIs(String type) {
        audioType = type;
    }

    /**
     * Takes the next bytes; after {@link #endStream} they begin a new stream of the same type.
     *
     * @throws ParleyException {@code UNSUPPORTED_AUDIO}, or {@code TOO_LARGE} when it is far ahead of the clock
     */
    void take(ByteBuffer bytes) {
        AudioDecoder running = decoder;
        if (running == null) {
            running = source.open(audioType);
            decoder = running;
        }
        running.decode(bytes, framer);
        samples = running.workFollowsBytes();
        compare(running);
    }

    /** Whether the stream that runs is one of samples. Any thread. */
    boolean takesSamples() {
        return samples;
    }

    private void compare(AudioDecoder running) {
        if (!mismatchTold) {
            Optional<String> told = running.mismatch();
            if (told.isPresent()) {
                mismatchTold = true;
                mismatch.accept(told.get());
            }
        }
    }

    /** Gives out what is complete but shorter than a message: what was said before must not come after. */
    void flush() {
        framer.flush();
    }

    /** The client's stream is over: gives out everything that is left of it, if need be later ({@link #isEnding}). */
    void endStream() {
        AudioDecoder last = decoder;
        decoder = null;
        samples = false; // nobody knows what the next stream is
        if (last == null) {
            framer.flush();
            return;
        }
        ending = last;
        last.finish(framer);
        compare(last);
        giveLate(last);
    }

    /** Whether samples of a stream that is over are still coming. */
    boolean isEnding() {
        return ending != null;
    }

    /** Gives what was decoded elsewhere; answers whether samples of the running stream may come without more bytes. */
    boolean poll() {
        AudioDecoder giving = ending == null ? decoder : ending;
        return giving != null && giveLate(giving);
    }

    private boolean giveLate(AudioDecoder giving) {
        boolean more;
        try {
            more = giving.poll(framer);
        } catch (ParleyException failed) {
            framer.flush(); // what was decoded before was said, and counts
            throw failed;
        }
        if (!more && ending == giving) {
            ending = null;
            concealedBefore += giving.concealedPackets();
            giving.close();
            framer.flush();
        }
        return more;
    }

    /** Corrupt packets so far that cost themselves only. */
    int concealedPackets() {
        return concealedBefore + concealed(ending) + concealed(decoder);
    }

    private static int concealed(@Nullable AudioDecoder of) {
        return of == null ? 0 : of.concealedPackets();
    }

    @Override
    public void close() {
        concealedBefore = concealedPackets();
        AudioDecoder last = ending;
        AudioDecoder running = decoder;
        ending = null;
        decoder = null;
        try (last;
                running) {
            framer.clear();
        }
    }
}
