package dev.parley.gemini.models;

/**
 * A model for whole recordings.
 *
 * @param name bare id
 * @param title for people
 * @param description one sentence for people
 */
public record BatchModel(String name, String title, Kind kind, String description) {
    /** What a model makes of a recording. */
    public enum Kind {
        /** Answers a prompt about it. */
        UNDERSTANDING,
        /** Writes down what is said. */
        TRANSCRIPTION
    }

    /** Whether it writes down what is said. */
    public boolean transcribes() {
        return kind == Kind.TRANSCRIPTION;
    }
}
