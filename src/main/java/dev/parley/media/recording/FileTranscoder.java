package dev.parley.media.recording;

import dev.parley.shared.failure.ParleyException;
import java.nio.file.Path;
import java.util.function.LongConsumer;

/** Decodes recordings that can neither be passed on nor remuxed. Blocks; any thread that may. */
public interface FileTranscoder {
    /**
     * Decodes {@code source} into a WAV file of PCM s16le, 16 kHz, mono.
     *
     * @param target does not exist yet; what is left of it after a failure is the caller's to delete
     * @throws ParleyException {@code UNSUPPORTED_AUDIO}, with a sentence a person can act on, when the source cannot be
     *     decoded, here or on this platform
     */
    void toWav(Path source, Path target);

    /**
     * The same for whoever has only so much room.
     *
     * @param target may exist, empty
     * @param grows is told of bytes before they are written; what it throws ends the work
     */
    default void toWav(Path source, Path target, LongConsumer grows) {
        toWav(source, target);
        grows.accept(target.toFile().length());
    }
}
