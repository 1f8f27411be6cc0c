package dev.parley.media.recording;

import dev.parley.shared.execution.Cancellation;
import dev.parley.shared.failure.ParleyException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Makes a person's recording something that Gemini takes. Blocks; any thread that may. */
public interface RecordingPreparer {
    /**
     * Finds out what {@code source} is, by content, and prepares it.
     *
     * @param declaredType the media type the client gave, for telling a mismatch; null when it gave none
     * @param folder where a remuxed or transcoded file may be made; the caller deletes it afterwards
     * @param cancellation ends the work at once
     * @throws ParleyException {@code UNSUPPORTED_AUDIO}, with a sentence a person can act on
     * @throws java.util.concurrent.CancellationException when it was cancelled
     */
    PreparedRecording prepare(Path source, @Nullable String declaredType, Path folder, Cancellation cancellation);
}
