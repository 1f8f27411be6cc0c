package dev.parley.gemini.live;

import dev.parley.shared.settings.ApiKey;
import java.util.List;
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
 * @param functions what the model may call, under distinct names
 * @param manualActivity true when {@code activityStart}/{@code activityEnd} mark the turns instead of the server's
 *     voice activity detection
 * @param resumptionHandle goes on with the session that this handle names
 */
public record LiveRequest(
        ApiKey key,
        String model,
        Optional<String> voice,
        Optional<String> language,
        Optional<String> systemInstruction,
        Modality modality,
        List<LiveFunction> functions,
        boolean manualActivity,
        Optional<String> resumptionHandle) {

    /** What the model answers with. */
    public enum Modality {
        /** Spoken answers. */
        AUDIO,
        /** Written answers; current voice models refuse it. */
        TEXT
    }

    /** Copies the functions. */
    public LiveRequest {
        functions = List.copyOf(functions);
    }

    /** The same request, with these functions. */
    public LiveRequest offering(List<LiveFunction> offered) {
        return new LiveRequest(
                key, model, voice, language, systemInstruction, modality, offered, manualActivity, resumptionHandle);
    }

    /** The same request, going on with the session that {@code handle} names, if it does. */
    public LiveRequest resuming(Optional<String> handle) {
        return new LiveRequest(
                key, model, voice, language, systemInstruction, modality, functions, manualActivity, handle);
    }
}
