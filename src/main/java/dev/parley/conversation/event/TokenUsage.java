package dev.parley.conversation.event;

import java.util.Map;
import java.util.TreeMap;

/**
 * Tokens as the upstream counts them, added up.
 *
 * @param prompt input, the context that every turn bills again included
 * @param response output
 * @param total the upstream's own sums
 * @param promptByModality TEXT, AUDIO, IMAGE, VIDEO → tokens
 * @param responseByModality the same for output
 */
public record TokenUsage(
        long prompt,
        long response,
        long total,
        Map<String, Long> promptByModality,
        Map<String, Long> responseByModality) {
    /** Nothing used yet. */
    public static final TokenUsage NONE = new TokenUsage(0, 0, 0, Map.of(), Map.of());

    /** Copies the maps. */
    public TokenUsage {
        promptByModality = Map.copyOf(promptByModality);
        responseByModality = Map.copyOf(responseByModality);
    }

    /** The sum of both. */
    public TokenUsage plus(TokenUsage other) {
        return new TokenUsage(
                prompt + other.prompt,
                response + other.response,
                total + other.total,
                sum(promptByModality, other.promptByModality),
                sum(responseByModality, other.responseByModality));
    }

    private static Map<String, Long> sum(Map<String, Long> left, Map<String, Long> right) {
        Map<String, Long> sum = new TreeMap<>(left);
        right.forEach((modality, tokens) -> sum.merge(modality, tokens, Long::sum));
        return sum;
    }
}
