package dev.parley.gemini.message;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * {@code usageMetadata}: tokens of one turn or one answer.
 *
 * @param total as the server adds it up, thinking included
 * @param promptByModality as named by the server, such as AUDIO
 */
public record TokenCounts(
        long prompt,
        long response,
        long total,
        Map<String, Long> promptByModality,
        Map<String, Long> responseByModality) {
    /** Reads what is there; what is not counts as none. */
    public static TokenCounts read(ServerMessage usage) {
        // Vertex AI and generateContent name the output "candidates…", the Live API "response…".
        boolean candidates = usage.has("candidatesTokenCount") || usage.has("candidatesTokensDetails");
        return new TokenCounts(
                usage.number("promptTokenCount").orElse(0),
                first(usage.number("responseTokenCount"), usage.number("candidatesTokenCount")),
                usage.number("totalTokenCount").orElse(0),
                byModality(usage, "promptTokensDetails"),
                byModality(usage, candidates ? "candidatesTokensDetails" : "responseTokensDetails"));
    }

    private static long first(OptionalLong one, OptionalLong other) {
        return one.isPresent() ? one.getAsLong() : other.orElse(0);
    }

    private static Map<String, Long> byModality(ServerMessage usage, String details) {
        Map<String, Long> tokens = new LinkedHashMap<>();
        usage.objects(details).forEach(detail -> detail.text("modality")
                .ifPresent(modality ->
                        tokens.merge(modality, detail.number("tokenCount").orElse(0), Long::sum)));
        return Map.copyOf(tokens);
    }
}
