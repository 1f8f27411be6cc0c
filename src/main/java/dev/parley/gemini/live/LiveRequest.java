package dev.parley.gemini.live;

import dev.parley.gemini.live.LiveChoice.Wishes;
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
 * @param resumptionHandle goes on with the session that this handle names
 * @param wishes what else, within what the operator allows
 */
public record LiveRequest(
        ApiKey key,
        String model,
        Optional<String> voice,
        Optional<String> language,
        Optional<String> systemInstruction,
        Modality modality,
        boolean manualActivity,
        Optional<String> resumptionHandle,
        Wishes wishes) {

    /** What the model answers with. */
    public enum Modality {
        /** Spoken answers. */
        AUDIO,
        /** Written answers; current voice models refuse it. */
        TEXT
    }

    /** A request without further wishes. */
    public LiveRequest(
            ApiKey key,
            String model,
            Optional<String> voice,
            Optional<String> language,
            Optional<String> systemInstruction,
            Modality modality,
            boolean manualActivity,
            Optional<String> resumptionHandle) {
        this(key, model, voice, language, systemInstruction, modality, manualActivity, resumptionHandle, Wishes.NONE);
    }

    /** The same request, going on with the session that {@code handle} names, if it does. */
    public LiveRequest resuming(Optional<String> handle) {
        return new LiveRequest(
                key, model, voice, language, systemInstruction, modality, manualActivity, handle, wishes);
    }
}
