package dev.parley.operations;

import dev.parley.conversation.event.ConversationEvent;
import dev.parley.conversation.event.ConversationState;
import dev.parley.conversation.event.TokenUsage;
import dev.parley.shared.failure.FailureKind;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Events as conversations tell them. */
public final class Staffed {
    private Staffed() {}

    /** It is there. */
    public static ConversationEvent opened(String id, Instant at) {
        return new ConversationEvent.Opened(id, at, Optional.of("ada"));
    }

    /** It is in another state. */
    public static ConversationEvent state(String id, Instant at, ConversationState state) {
        return new ConversationEvent.StateChanged(id, at, state, "so it goes");
    }

    /** Its upstream is ready. */
    public static ConversationEvent started(String id, Instant at) {
        return new ConversationEvent.Started(id, at, "gemini-3.8-live", "first", Optional.of("ada"));
    }

    /** A turn was timed. */
    public static ConversationEvent timed(String id, Instant at, long millis) {
        return new ConversationEvent.TurnTimed(
                id, at, 1, Optional.empty(), Optional.of(Duration.ofMillis(millis)), Optional.empty());
    }

    /** Tokens were reported. */
    public static ConversationEvent spent(String id, Instant at, long tokens) {
        return new ConversationEvent.Spent(id, at, new TokenUsage(tokens, 0, tokens, Map.of(), Map.of()));
    }

    /** It is over. */
    public static ConversationEvent ended(String id, Instant at, FailureKind kind, String reason, String key) {
        return new ConversationEvent.Ended(
                id,
                at,
                "gemini-3.8-live",
                key,
                Optional.of("ada"),
                kind,
                reason,
                Duration.ofSeconds(42),
                Duration.ZERO,
                Duration.ZERO,
                Duration.ZERO,
                Duration.ZERO,
                0,
                0,
                0,
                new TokenUsage(0, 0, 0, Map.of(), Map.of()));
    }
}
