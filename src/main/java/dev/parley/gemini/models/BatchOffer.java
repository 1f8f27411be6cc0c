package dev.parley.gemini.models;

import dev.parley.shared.settings.SettingsReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Which models the operator offers for recordings: {@code parley.gemini.batch-model} and
 * {@code parley.gemini.batch-models}, or those known here, as of November 2026 (ai.google.dev/gemini-api/docs/models).
 *
 * @param defaultModel bare id; always one of the models
 * @param models in the order in which they are shown
 */
record BatchOffer(String defaultModel, List<BatchModel> models) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");

    private static final List<BatchModel> KNOWN = List.of(
            understanding(
                    "gemini-3.8-flash", "Gemini 3.8 Flash", "Understands speech and sounds and answers about them."),
            understanding("gemini-3.6-flash", "Gemini 3.6 Flash", "The one before: answers about speech and sounds."),
            understanding(
                    "gemini-3.5-flash-lite", "Gemini 3.5 Flash-Lite", "Answers about speech at the lowest price."),
            new BatchModel(
                    "gemini-3.5-transcribe",
                    "Gemini 3.5 Transcribe",
                    BatchModel.Kind.TRANSCRIPTION,
                    "Writes down what is said, word for word."));

    static BatchOffer read(SettingsReader reader) {
        String defaultModel =
                name(reader, "parley.gemini.batch-model", reader.text("parley.gemini.batch-model", "gemini-3.8-flash"));
        Map<String, BatchModel> models = new LinkedHashMap<>();
        models.put(defaultModel, model(defaultModel));
        List<String> configured = reader.list("parley.gemini.batch-models");
        if (configured.isEmpty()) {
            KNOWN.forEach(model -> models.putIfAbsent(model.name(), model));
        }
        for (String given : configured) {
            String name = name(reader, "parley.gemini.batch-models", given);
            models.putIfAbsent(name, model(name));
        }
        return new BatchOffer(defaultModel, List.copyOf(models.values()));
    }

    /** What is known of a model; its kind by its name when nothing is. */
    private static BatchModel model(String name) {
        return KNOWN.stream()
                .filter(known -> known.name().equals(name))
                .findFirst()
                .orElseGet(() -> name.toLowerCase(Locale.ROOT).contains("transcribe")
                        ? new BatchModel(name, name, BatchModel.Kind.TRANSCRIPTION, "Writes down what is said.")
                        : understanding(name, name, "Answers about a recording."));
    }

    private static BatchModel understanding(String name, String title, String description) {
        return new BatchModel(name, title, BatchModel.Kind.UNDERSTANDING, description);
    }

    private static String name(SettingsReader reader, String property, String given) {
        String bare = given.startsWith("models/") ? given.substring("models/".length()) : given;
        if (!NAME.matcher(bare).matches()) {
            throw reader.refuse(property, given, "model ids such as gemini-3.8-flash");
        }
        return bare;
    }
}
