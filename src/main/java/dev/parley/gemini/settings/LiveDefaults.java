package dev.parley.gemini.settings;

import dev.parley.gemini.live.LiveChoice;
import dev.parley.gemini.live.LiveChoice.Wishes;
import dev.parley.gemini.live.LiveRequest;
import dev.parley.gemini.live.LiveRequest.Modality;
import dev.parley.gemini.settings.ModelTraits.Feature;
import dev.parley.shared.failure.FailureKind;
import dev.parley.shared.failure.ParleyException;
import dev.parley.shared.settings.ApiKey;
import dev.parley.shared.settings.SettingsReader;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Turns what a person asks for into a request within the operator's allow-lists. Immutable; any thread. */
@ApplicationScoped
public class LiveDefaults {
    private final LiveOffer offer;

    /** For CDI's client proxy only. */
    protected LiveDefaults() {
        this(new SettingsReader(name -> Optional.empty()));
    }

    /** Reads the offer. */
    @Inject
    public LiveDefaults(SettingsReader reader) {
        offer = LiveOffer.read(reader);
    }

    /** What may be chosen, for pages that show it. */
    public LiveOffer offer() {
        return offer;
    }

    /**
     * The request for a conversation.
     *
     * @throws ParleyException {@code BAD_MESSAGE}, with a sentence that says what is allowed
     */
    public LiveRequest resolve(ApiKey key, LiveChoice choice) {
        String model = model(choice.model());
        ModelTraits traits = ModelTable.traits(model);
        boolean written = written(traits, choice.modality());
        return new LiveRequest(
                key,
                model,
                voice(choice.voice()),
                language(choice.language()),
                systemInstruction(choice.systemInstruction()),
                written ? Modality.AUDIO : modality(model, choice.modality()),
                choice.manualActivity() || traits.takes(Feature.ADVISES_MANUAL_TURNS),
                new Wishes(
                        choice.wishes().interruptible(),
                        vocabulary(choice.wishes().vocabulary()),
                        offer.extras().search().allows(choice.wishes().search())),
                written);
    }

    private String model(Optional<String> wanted) {
        Optional<String> given =
                given(wanted).map(text -> text.startsWith("models/") ? text.substring("models/".length()) : text);
        if (given.isEmpty()) {
            return offer.model();
        }
        return find(offer.models(), given.get())
                .orElseThrow(() -> refused("model", given.get(), "one of " + String.join(", ", offer.models())));
    }

    private Optional<String> voice(Optional<String> wanted) {
        Optional<String> given = given(wanted);
        if (given.isEmpty()) {
            return offer.voice();
        }
        return Optional.of(find(offer.voices(), given.get())
                .orElseThrow(() -> refused("voice", given.get(), "one of " + String.join(", ", offer.voices()))));
    }

    private Optional<String> language(Optional<String> wanted) {
        Optional<String> given = given(wanted);
        if (given.isEmpty()) {
            return offer.language();
        }
        if (offer.languages().isEmpty()) {
            if (!LiveOffer.isLanguage(given.get())) {
                throw refused("language", given.get(), "a language tag such as en-US (BCP 47)");
            }
            return given;
        }
        return Optional.of(find(offer.languages(), given.get())
                .orElseThrow(() -> refused("language", given.get(), "one of " + String.join(", ", offer.languages()))));
    }

    private Optional<String> systemInstruction(Optional<String> wanted) {
        Optional<String> given = given(wanted);
        if (given.isEmpty()) {
            return offer.systemInstruction();
        }
        if (!offer.systemInstructionAllowed()) {
            throw new ParleyException(
                    FailureKind.BAD_MESSAGE, "\"systemInstruction\" is set by the operator here: leave it out");
        }
        if (given.get().length() > LiveOffer.LONGEST_INSTRUCTION) {
            throw new ParleyException(
                    FailureKind.BAD_MESSAGE,
                    "\"systemInstruction\" may be " + LiveOffer.LONGEST_INSTRUCTION + " characters long, but has "
                            + given.get().length());
        }
        return given;
    }

    private Modality modality(String model, Optional<String> wanted) {
        List<Modality> taken = ModelTable.traits(model).modalities();
        Optional<String> given = given(wanted);
        if (given.isEmpty()) {
            return taken.contains(offer.modality()) ? offer.modality() : taken.get(0);
        }
        return taken.stream()
                .filter(modality -> modality.name().equalsIgnoreCase(given.get()))
                .findFirst()
                .orElseThrow(() -> refused(
                        "modality",
                        given.get(),
                        String.join(" or ", taken.stream().map(Enum::name).toList()) + " with " + model));
    }

    /** A model that only speaks is asked to, and what it says is read. */
    private static boolean written(ModelTraits model, Optional<String> wanted) {
        return given(wanted).filter("TEXT"::equalsIgnoreCase).isPresent()
                && !model.takes(Feature.TEXT_ANSWERS)
                && model.takes(Feature.OUTPUT_TRANSCRIPTION);
    }

    private List<String> vocabulary(List<String> wanted) {
        List<String> words = Stream.concat(offer.extras().vocabulary().stream(), wanted.stream())
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .distinct()
                .toList();
        if (!LiveExtras.isWithinBounds(words)) {
            throw new ParleyException(
                    FailureKind.BAD_MESSAGE,
                    "\"vocabulary\" may have " + LiveExtras.MOST_WORDS
                            + " words, those of the operator included, of at most " + LiveExtras.LONGEST_WORD
                            + " characters each");
        }
        return words;
    }

    /** Blank counts as absent: forms send empty fields. */
    private static Optional<String> given(Optional<String> wanted) {
        return wanted.map(String::strip).filter(text -> !text.isEmpty());
    }

    private static Optional<String> find(List<String> allowed, String wanted) {
        return allowed.stream().filter(wanted::equalsIgnoreCase).findFirst();
    }

    private static ParleyException refused(String member, String given, String allowed) {
        String shown = given.length() > 64 ? given.substring(0, 64) + "…" : given;
        return new ParleyException(
                FailureKind.BAD_MESSAGE, "\"" + member + "\" is \"" + shown + "\", but must be " + allowed);
    }
}
