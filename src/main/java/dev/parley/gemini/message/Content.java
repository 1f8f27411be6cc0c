package dev.parley.gemini.message;

import java.util.List;

/** Text with the role that said it ({@code user} or {@code model}). */
public record Content(List<Part> parts, String role) {
    /** One piece of text. */
    public record Part(String text) {}

    /** What the model said. */
    public static Content ofModel(String text) {
        return new Content(List.of(new Part(text)), "model");
    }

    /** What a user said, or what the operator instructs. */
    public static Content ofUser(String text) {
        return new Content(List.of(new Part(text)), "user");
    }
}
