package dev.parley.gemini.settings;

import dev.parley.gemini.live.LiveRequest.Modality;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What one model takes. Whatever it does not take is left out of the setup, because servers close the connection on
 * it.
 *
 * @param model bare id
 * @param features what it takes
 */
public record ModelTraits(String model, Set<Feature> features) {
    /** What a model may or may not take. */
    public enum Feature {
        /** {@code responseModalities: AUDIO}. */
        AUDIO_ANSWERS,
        /** {@code responseModalities: TEXT}. */
        TEXT_ANSWERS,
        /** {@code speechConfig.voiceConfig}. */
        VOICE,
        /** {@code speechConfig.languageCode}. */
        LANGUAGE,
        /** {@code systemInstruction}. */
        SYSTEM_INSTRUCTION,
        /** {@code inputAudioTranscription}. */
        INPUT_TRANSCRIPTION,
        /** {@code outputAudioTranscription}. */
        OUTPUT_TRANSCRIPTION,
        /** {@code customVocabulary} and {@code languageCodes} of the input's transcription. */
        VOCABULARY,
        /** {@code tools.googleSearch}. */
        SEARCH,
        /** {@code contextWindowCompression}. */
        COMPRESSION,
        /** {@code sessionResumption}. */
        RESUMPTION,
        /** {@code historyConfig}: a new session can be told what was said before. */
        HISTORY,
        /** {@code realtimeInputConfig}. */
        TURN_DETECTION,
        /** {@code realtimeInput.video}. */
        VIDEO,
        /** {@code realtimeInput.text}; without it text goes as {@code clientContent}. */
        REALTIME_TEXT,
        /** {@code tools.functionDeclarations}. */
        FUNCTIONS,
        /** Can wait for the answer to a call. */
        BLOCKING_FUNCTIONS,
        /** Can go on while a call is under way. */
        ASYNC_FUNCTIONS,
        /** {@code toolResponse.functionResponses.scheduling}. */
        SCHEDULING,
        /** Loses speech with the server's detection; manual turns are the way to use it. */
        ADVISES_MANUAL_TURNS
    }

    /** Copies the features. */
    public ModelTraits {
        features = Set.copyOf(features);
    }

    static ModelTraits of(String model, EnumSet<Feature> features) {
        return new ModelTraits(model, features);
    }

    /** Whether the model takes it. */
    public boolean takes(Feature feature) {
        return features.contains(feature);
    }

    /**
     * How long a session takes sound and pictures together: two minutes where the context cannot be compressed (Live API,
     * session management), otherwise as long as it lasts, which is zero here.
     */
    public Duration videoLimit() {
        return takes(Feature.VIDEO) && !takes(Feature.COMPRESSION) ? Duration.ofMinutes(2) : Duration.ZERO;
    }

    /** What it can answer with; never empty. */
    public List<Modality> modalities() {
        if (!takes(Feature.TEXT_ANSWERS)) {
            return List.of(Modality.AUDIO);
        }
        return takes(Feature.AUDIO_ANSWERS) ? List.of(Modality.AUDIO, Modality.TEXT) : List.of(Modality.TEXT);
    }
}
