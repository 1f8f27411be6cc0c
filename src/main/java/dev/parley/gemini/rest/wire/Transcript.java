package dev.parley.gemini.rest.wire;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What was said.
 *
 * @param speaker when the model tells speakers apart
 * @param words when the model tells their times; else empty
 */
public record Transcript(String text, Optional<String> speaker, List<Word> words) {
    /**
     * One word.
     *
     * @param begin from the beginning of the recording
     */
    public record Word(String word, Optional<Duration> begin, Optional<Duration> end) {}
}
