package dev.parley.gemini.live;

import java.util.Optional;

/**
 * What the person asks for, as it came; absent means the operator's default.
 *
 * @param modality {@code AUDIO} or {@code TEXT}
 * @param manualActivity whether {@code activityStart}/{@code activityEnd} will mark the turns
 */
public record LiveChoice(
        Optional<String> model,
        Optional<String> voice,
        Optional<String> language,
        Optional<String> systemInstruction,
        Optional<String> modality,
        boolean manualActivity) {
    /** Nothing in particular. */
    public static final LiveChoice DEFAULTS = new LiveChoice(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), false);
}
