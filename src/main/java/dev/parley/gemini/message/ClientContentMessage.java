package dev.parley.gemini.message;

import java.util.List;

/** A turn in text, in order with other turns: the only way to send text to servers of December 2024. */
public record ClientContentMessage(ClientContent clientContent) {
    /** Turns, and whether the model shall answer now. */
    public record ClientContent(List<Content> turns, boolean turnComplete) {}

    /** Turns that are over, after a setup with {@code initialHistoryInClientContent}: nothing is answered. */
    public static ClientContentMessage ofHistory(List<Content> turns) {
        return new ClientContentMessage(new ClientContent(turns, true));
    }

    /** One turn of the user that asks for an answer. */
    public static ClientContentMessage ofUser(String text) {
        return new ClientContentMessage(new ClientContent(List.of(Content.ofUser(text)), true));
    }
}
