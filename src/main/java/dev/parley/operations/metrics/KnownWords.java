package dev.parley.operations.metrics;

import dev.parley.gemini.settings.ModelTable;
import java.util.Locale;
import java.util.Set;

/** Keeps labels few: what nobody knows is {@code other}, since callers and servers may say anything. */
final class KnownWords {
    static final String OTHER = "other";

    private static final Set<String> MODALITIES = Set.of("text", "audio", "image", "video", "document");

    private KnownWords() {}

    /** A model of the table, by its name; before there is one, {@code none}. */
    static String model(String name) {
        if (name.isEmpty()) {
            return "none";
        }
        return ModelTable.isKnown(name) ? name : OTHER;
    }

    /** A modality of Google's, in small letters. */
    static String modality(String name) {
        String small = name.toLowerCase(Locale.ROOT);
        return MODALITIES.contains(small) ? small : OTHER;
    }
}
