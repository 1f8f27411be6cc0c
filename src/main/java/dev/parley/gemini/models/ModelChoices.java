package dev.parley.gemini.models;

import dev.parley.shared.failure.FailureKind;
import dev.parley.shared.failure.ParleyException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a person can choose now.
 *
 * @param live for conversations
 * @param batch for recordings
 * @param defaultLive a conversation that names no model gets it
 * @param defaultBatch a recording that names no model gets it
 * @param simulated whether the simulator answers
 */
public record ModelChoices(
        List<LiveModel> live, List<BatchModel> batch, String defaultLive, String defaultBatch, boolean simulated) {
    private static final int LONGEST_SHOWN = 64;

    /**
     * A model for conversations.
     *
     * @param name bare id
     * @param title for people
     */
    public record LiveModel(String name, String title) {}

    /**
     * The model for a recording.
     *
     * @param wanted bare id or with {@code models/}; empty or blank: the default
     * @throws ParleyException {@code BAD_MESSAGE} that lists the choices
     */
    public BatchModel forRecording(Optional<String> wanted) {
        String given = wanted.map(String::strip)
                .filter(text -> !text.isEmpty())
                .map(text -> text.startsWith("models/") ? text.substring("models/".length()) : text)
                .orElse(defaultBatch);
        return batch.stream()
                .filter(model -> model.name().equalsIgnoreCase(given))
                .findFirst()
                .orElseThrow(() -> new ParleyException(
                        FailureKind.BAD_MESSAGE,
                        "\"model\" is \""
                                + (given.length() > LONGEST_SHOWN ? given.substring(0, LONGEST_SHOWN) + "…" : given)
                                + "\", but must be one of "
                                + batch.stream().map(BatchModel::name).collect(Collectors.joining(", "))));
    }
}
