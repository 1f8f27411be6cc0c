package dev.parley.gemini.live;

import java.util.List;
import java.util.Optional;

/**
 * What the person asks for, as it came; absent means the operator's default.
 *
 * @param modality {@code AUDIO} or {@code TEXT}
 * @param manualActivity whether {@code activityStart}/{@code activityEnd} will mark the turns
 * @param wishes what else
 */
public record LiveChoice(
        Optional<String> model,
        Optional<String> voice,
        Optional<String> language,
        Optional<String> systemInstruction,
        Optional<String> modality,
        boolean manualActivity,
        Wishes wishes) {
    /** Nothing in particular. */
    public static final LiveChoice DEFAULTS = new LiveChoice(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), false);

    /** A choice without further wishes. */
    public LiveChoice(
            Optional<String> model,
            Optional<String> voice,
            Optional<String> language,
            Optional<String> systemInstruction,
            Optional<String> modality,
            boolean manualActivity) {
        this(model, voice, language, systemInstruction, modality, manualActivity, Wishes.NONE);
    }

    /**
     * What makes a conversation another one without making it another model's.
     *
     * @param interruptible whether speaking cuts the answer
     * @param vocabulary words that may be said and that nobody could guess
     * @param search whether the model may look things up with Google Search
     */
    public record Wishes(Optional<Boolean> interruptible, List<String> vocabulary, boolean search) {
        /** None. */
        public static final Wishes NONE = new Wishes(Optional.empty(), List.of(), false);

        /** Copies the vocabulary. */
        public Wishes {
            vocabulary = List.copyOf(vocabulary);
        }
    }
}
