package dev.parley.operations.diagnostics;

import dev.parley.shared.failure.FailureKind;
import dev.parley.shared.failure.ParleyException;
import java.util.Locale;

/** What can be asked for. */
public enum Diagnosis {
    /** Gemini answers a text. */
    TEXT,
    /** Gemini understands a voice and answers it. */
    AUDIO,
    /** A browser's way, through this server's own WebSocket. */
    LIVE;

    /** As doors call it, such as {@code text}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The one that doors call so.
     *
     * @throws ParleyException {@code BAD_MESSAGE} when there is none
     */
    public static Diagnosis of(String word) {
        for (Diagnosis diagnosis : values()) {
            if (diagnosis.word().equals(word)) {
                return diagnosis;
            }
        }
        throw new ParleyException(FailureKind.BAD_MESSAGE, "There are the diagnoses text, audio and live.");
    }
}
