package dev.parley.tools;

/**
 * What one of the two said, without the other one speaking between.
 *
 * @param speaker who
 * @param text the words, as they were understood
 */
public record Utterance(Speaker speaker, String text) {
    /** One of the two who talk. */
    public enum Speaker {
        /** The person. */
        PERSON,
        /** The model. */
        MODEL
    }
}
