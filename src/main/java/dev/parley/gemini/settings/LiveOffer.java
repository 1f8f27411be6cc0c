package dev.parley.gemini.settings;

import dev.parley.gemini.live.LiveRequest.Modality;
import dev.parley.gemini.service.GoogleService;
import dev.parley.shared.settings.SettingsReader;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a conversation gets when it asks for nothing, and what it may ask for.
 *
 * @param models bare ids; the first one of them is not special, {@code model} is the default
 * @param voices names as Google spells them
 * @param languages BCP 47; empty: any well-formed one
 * @param systemInstructionAllowed whether a conversation may bring its own
 */
public record LiveOffer(
        String model,
        List<String> models,
        Optional<String> voice,
        List<String> voices,
        Optional<String> language,
        List<String> languages,
        Optional<String> systemInstruction,
        boolean systemInstructionAllowed,
        Modality modality,
        LiveExtras extras) {
    /** Characters; far above any sensible instruction, far below what a setup may hold. */
    static final int LONGEST_INSTRUCTION = 8000;

    private static final Pattern MODEL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");
    private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8}){0,4}");
    private static final List<String> PREBUILT_VOICES = List.of(
            "Zephyr",
            "Puck",
            "Charon",
            "Kore",
            "Fenrir",
            "Leda",
            "Orus",
            "Aoede",
            "Callirrhoe",
            "Autonoe",
            "Enceladus",
            "Iapetus",
            "Umbriel",
            "Algieba",
            "Despina",
            "Erinome",
            "Algenib",
            "Rasalgethi",
            "Laomedeia",
            "Achernar",
            "Alnilam",
            "Schedar",
            "Gacrux",
            "Pulcherrima",
            "Achird",
            "Zubenelgenubi",
            "Vindemiatrix",
            "Sadachbia",
            "Sadaltager",
            "Sulafat");

    static boolean isLanguage(String text) {
        return LANGUAGE.matcher(text).matches();
    }

    static LiveOffer read(SettingsReader reader) {
        String model = model(reader, "parley.gemini.model", reader.text("parley.gemini.model", "gemini-3.8-live"));
        Set<String> models = new LinkedHashSet<>(List.of(model));
        List<String> configured = reader.list("parley.gemini.models");
        for (String other : configured.isEmpty() ? GoogleService.read(reader).liveModels() : configured) {
            models.add(model(reader, "parley.gemini.models", other));
        }
        List<String> voices = reader.list("parley.gemini.voices");
        List<String> allowedVoices = voices.isEmpty() ? PREBUILT_VOICES : voices;
        String voice = reader.choice("parley.gemini.voice", "", allowedVoices);
        List<String> languages = reader.list("parley.gemini.languages");
        for (String language : languages) {
            checkLanguage(reader, "parley.gemini.languages", language);
        }
        Optional<String> language = reader.text("parley.gemini.language");
        language.ifPresent(given -> checkLanguage(reader, "parley.gemini.language", given));
        Modality modality =
                Modality.valueOf(reader.choice("parley.gemini.modality", "AUDIO", List.of("AUDIO", "TEXT")));
        if (reader.text("parley.gemini.modality").isPresent()
                && !ModelTable.traits(model).modalities().contains(modality)) {
            throw reader.refuse(
                    "parley.gemini.modality",
                    modality.name(),
                    "what " + model + " can answer with: "
                            + ModelTable.traits(model).modalities());
        }
        Optional<String> instruction = reader.text("parley.gemini.system-instruction");
        if (instruction.isPresent() && instruction.get().length() > LONGEST_INSTRUCTION) {
            throw reader.refuse(
                    "parley.gemini.system-instruction",
                    instruction.get().substring(0, 40) + "…",
                    "at most " + LONGEST_INSTRUCTION + " characters long");
        }
        return new LiveOffer(
                model,
                List.copyOf(models),
                voice.isEmpty() ? Optional.empty() : Optional.of(voice),
                allowedVoices,
                language,
                languages,
                instruction,
                reader.flag("parley.gemini.system-instruction-allowed", true),
                modality,
                LiveExtras.read(reader));
    }

    private static String model(SettingsReader reader, String property, String given) {
        String bare = given.startsWith("models/") ? given.substring("models/".length()) : given;
        if (!MODEL.matcher(bare).matches()) {
            throw reader.refuse(property, given, "a model id such as gemini-3.8-live");
        }
        return bare;
    }

    private static void checkLanguage(SettingsReader reader, String property, String language) {
        if (!isLanguage(language)) {
            throw reader.refuse(property, language, "a language such as en-US (BCP 47)");
        }
    }
}
