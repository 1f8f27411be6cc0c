package dev.parley.gemini.rest.wire;

import dev.parley.shared.settings.ApiKey;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What is asked about a recording.
 *
 * @param model bare id
 * @param transcribes whether the model writes down what it hears and answers nothing
 * @param prompt absent: the recording alone
 * @param language BCP 47: of the recording for a model that transcribes, of the answer for another
 */
public record Question(
        ApiKey key,
        String model,
        boolean transcribes,
        Optional<String> prompt,
        Optional<String> language,
        Recording recording) {
    /** Where Gemini gets the recording from. */
    public sealed interface Recording {
        /** One of Gemini's audio types. */
        String mimeType();
    }

    /**
     * In the request itself.
     *
     * @param bytes length of the file
     */
    public record Inline(Path file, String mimeType, long bytes) implements Recording {}

    /** Uploaded before. */
    public record Uploaded(String uri, String mimeType) implements Recording {}
}
