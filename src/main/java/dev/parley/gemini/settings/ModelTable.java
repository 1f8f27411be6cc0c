package dev.parley.gemini.settings;

import dev.parley.gemini.settings.ModelTraits.Feature;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What each known Live model takes, as of November 2026 (ai.google.dev/gemini-api/docs/models, and probes where the
 * documents are silent). A model that is not in the table is taken for a current one that can answer in both ways: new
 * models are likelier than old ones, and the server says clearly when one setting is too much.
 */
public final class ModelTable {
    private static final EnumSet<Feature> UNKNOWN =
            EnumSet.complementOf(EnumSet.of(Feature.ADVISES_MANUAL_TURNS, Feature.VOCABULARY));

    /** Voice models of the 3.x line: spoken answers only. */
    private static final EnumSet<Feature> VOICE_3 = without(UNKNOWN, Feature.TEXT_ANSWERS);

    /** Goes on while it waits for functions, and says itself when it speaks of them. */
    private static final EnumSet<Feature> EXTENDED_THINKING =
            without(VOICE_3, Feature.BLOCKING_FUNCTIONS, Feature.SCHEDULING);

    /** Waits for functions. */
    private static final EnumSet<Feature> VOICE_3_1 = without(VOICE_3, Feature.ASYNC_FUNCTIONS, Feature.SCHEDULING);

    /** Native audio of the 2.5 line finds the language by itself, and takes a history only that ends with the person. */
    private static final EnumSet<Feature> VOICE_2_5 = without(VOICE_3, Feature.LANGUAGE, Feature.HISTORY);

    /** The same on Vertex AI, where it waits for functions. */
    private static final EnumSet<Feature> VERTEX_2_5 = without(VOICE_2_5, Feature.ASYNC_FUNCTIONS, Feature.SCHEDULING);

    /** Live captions: no voice, no handles, no answer. */
    private static final EnumSet<Feature> CAPTIONS = EnumSet.of(
            Feature.TEXT_ANSWERS,
            Feature.INPUT_TRANSCRIPTION,
            Feature.VOCABULARY,
            Feature.TURN_DETECTION,
            Feature.ADVISES_MANUAL_TURNS);

    /** December 2024: before transcription, handles, compression and turn settings. */
    private static final EnumSet<Feature> FIRST = EnumSet.of(
            Feature.AUDIO_ANSWERS, Feature.TEXT_ANSWERS, Feature.VOICE, Feature.SYSTEM_INSTRUCTION, Feature.VIDEO);

    /** Answers in both ways, and waits for functions. */
    private static final EnumSet<Feature> WRITES_2 = without(UNKNOWN, Feature.ASYNC_FUNCTIONS, Feature.SCHEDULING);

    private static final Map<String, ModelTraits> TABLE = table();

    private ModelTable() {}

    /** What the model takes, by its bare id. */
    public static ModelTraits traits(String model) {
        ModelTraits known = TABLE.get(model);
        return known == null ? ModelTraits.of(model, UNKNOWN) : known;
    }

    /** Whether the table has it. */
    public static boolean isKnown(String model) {
        return TABLE.containsKey(model);
    }

    private static Map<String, ModelTraits> table() {
        Map<String, EnumSet<Feature>> table = new LinkedHashMap<>();
        table.put("gemini-3.8-live", VOICE_3);
        table.put("gemini-3.8-live-extended-thinking", EXTENDED_THINKING);
        table.put("gemini-3.1-flash-live-preview", VOICE_3_1);
        table.put("gemini-2.5-flash-native-audio-preview-12-2025", VOICE_2_5);
        table.put("gemini-2.5-flash-native-audio-preview-09-2025", VOICE_2_5);
        table.put("gemini-2.5-flash-native-audio-latest", VOICE_2_5);
        table.put("gemini-live-2.5-flash-native-audio", VERTEX_2_5);
        table.put("gemini-3.5-transcribe-live", CAPTIONS);
        table.put("gemini-live-2.5-flash-preview", UNKNOWN);
        table.put("gemini-live-2.5-flash", WRITES_2);
        table.put("gemini-2.0-flash-live-001", WRITES_2);
        table.put("gemini-2.0-flash-exp", FIRST);
        Map<String, ModelTraits> traits = new HashMap<>();
        table.forEach((model, features) -> traits.put(model, ModelTraits.of(model, features)));
        return Map.copyOf(traits);
    }

    private static EnumSet<Feature> without(EnumSet<Feature> features, Feature... missing) {
        EnumSet<Feature> rest = EnumSet.copyOf(features);
        rest.removeAll(List.of(missing));
        return rest;
    }
}
