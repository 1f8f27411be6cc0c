package dev.parley.gemini.live;

import dev.parley.gemini.live.LiveChoice.Wishes;
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
 * @param history what was said before, oldest first, for a session that does not remember it; left out where the model
 *     takes none
 * @param wishes what else, within what the operator allows
 * @param written whether the answers are wanted in writing only, though the model speaks
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
        Optional<String> resumptionHandle,
        List<Said> history,
        Wishes wishes,
        boolean written) {

    /** What the model answers with. */
    public enum Modality {
        /** Spoken answers. */
        AUDIO,
        /** Written answers; current voice models refuse it. */
        TEXT
    }

    /**
     * What one of the two said in one turn.
     *
     * @param byModel otherwise by the person
     */
    public record Said(boolean byModel, String text) {}

    /** Copies the functions and the history. */
    public LiveRequest {
        functions = List.copyOf(functions);
        history = List.copyOf(history);
    }

    /** A request for a new session of someone who has said nothing yet, without functions. */
    public LiveRequest(
            ApiKey key,
            String model,
            Optional<String> voice,
            Optional<String> language,
            Optional<String> systemInstruction,
            Modality modality,
            boolean manualActivity,
            Wishes wishes,
            boolean written) {
        this(
                key,
                model,
                voice,
                language,
                systemInstruction,
                modality,
                List.of(),
                manualActivity,
                Optional.empty(),
                List.of(),
                wishes,
                written);
    }

    /** The same request, with these functions. */
    public LiveRequest offering(List<LiveFunction> offered) {
        return with(offered, resumptionHandle, history);
    }

    /** The same request, going on with the session that {@code handle} names. */
    public LiveRequest resuming(String handle) {
        return with(functions, Optional.of(handle), List.of());
    }

    /** The same request for a new session, which is told what was said before. */
    public LiveRequest remembering(List<Said> said) {
        return with(functions, Optional.empty(), said);
    }

    private LiveRequest with(List<LiveFunction> offered, Optional<String> handle, List<Said> said) {
        return new LiveRequest(
                key,
                model,
                voice,
                language,
                systemInstruction,
                modality,
                offered,
                manualActivity,
                handle,
                said,
                wishes,
                written);
    }
}
