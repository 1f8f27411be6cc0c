package dev.parley.gemini.live;

import dev.parley.shared.settings.ApiKey;
import java.util.Optional;

/**
 * What one connection asks for, checked against the allow-lists (see {@code LiveDefaults}). What the model does not
 * take is left out of the setup, not sent.
 *
 * @param key whose account is used
 * @param model bare id, such as {@code gemini-3.8-live}
 * @param voice prebuilt voice name
 * @param language BCP 47
 * @param systemInstruction how the model shall behave
 * @param modality what the model answers with
 * @param manualActivity true when {@code activityStart}/{@code activityEnd} mark the turns instead of the server's
 *     voice activity detection
 */
public record LiveRequest(
        ApiKey key,
        String model,
        Optional<String> voice,
        Optional<String> language,
        Optional<String> systemInstruction,
        Modality modality,
        boolean manualActivity) {

    /** What the model answers with. */
    public enum Modality {
        /** Spoken answers. */
        AUDIO,
        /** Written answers; current voice models refuse it. */
        TEXT
    }
}
