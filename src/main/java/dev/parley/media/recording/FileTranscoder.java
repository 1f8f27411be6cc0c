package dev.parley.media.recording;

import dev.parley.shared.execution.Cancellation;
import dev.parley.shared.failure.ParleyException;
import java.nio.file.Path;
import java.util.function.LongConsumer;

/** Decodes recordings that can neither be passed on nor remuxed. Blocks; any thread that may. */
@FunctionalInterface
public interface FileTranscoder {
    /**
     * Decodes {@code source} into a WAV file of PCM s16le, 16 kHz, mono.
     *
     * @param target does not exist yet, or is empty; what is left of it after a failure is the caller's to delete
     * @param grows is told of bytes before they are written; what it throws ends the work
     * @param cancellation ends the work, and whatever decodes elsewhere, at once
     * @throws ParleyException {@code UNSUPPORTED_AUDIO}, with a sentence a person can act on, when the source cannot be
     *     decoded, here or on this platform
     * @throws java.util.concurrent.CancellationException when it was cancelled
     */
    void toWav(Path source, Path target, LongConsumer grows, Cancellation cancellation);
}
