package dev.parley.gemini.settings;

import dev.parley.shared.settings.SettingsReader;
import java.util.List;
import java.util.Locale;

/**
 * What the operator says about further wishes.
 *
 * @param search whether the model may look things up with Google Search, which is billed
 * @param vocabulary words for every conversation; those of a person come after them
 */
public record LiveExtras(Search search, List<String> vocabulary) {
    /** Google advises 100 (Live API, transcription); more makes it worse. */
    static final int MOST_WORDS = 100;

    static final int LONGEST_WORD = 80;

    /** Whether Google Search is used. */
    public enum Search {
        /** Not even when asked for. */
        NEVER,
        /** When a person asks for it. */
        ASKED,
        /** In every conversation. */
        ALWAYS;

        boolean allows(boolean asked) {
            return this == ALWAYS || (this == ASKED && asked);
        }
    }

    static LiveExtras read(SettingsReader reader) {
        List<String> vocabulary = reader.list("parley.gemini.vocabulary");
        if (!isWithinBounds(vocabulary)) {
            throw reader.refuse(
                    "parley.gemini.vocabulary",
                    vocabulary.size() + " words",
                    "at most " + MOST_WORDS + " words of at most " + LONGEST_WORD + " characters each");
        }
        String search = reader.choice("parley.gemini.search", "asked", List.of("never", "asked", "always"));
        return new LiveExtras(Search.valueOf(search.toUpperCase(Locale.ROOT)), vocabulary);
    }

    /** Whether a conversation may have these words. */
    static boolean isWithinBounds(List<String> vocabulary) {
        return vocabulary.size() <= MOST_WORDS && vocabulary.stream().allMatch(word -> word.length() <= LONGEST_WORD);
    }
}
