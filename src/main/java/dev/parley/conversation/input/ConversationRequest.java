package dev.parley.conversation.input;

import dev.parley.gemini.live.LiveChoice;
import dev.parley.shared.settings.Secret;
import java.time.Duration;
import java.util.Optional;

/**
 * What a client asks for at the start.
 *
 * @param audioType MIME type of the audio it will send; empty: found from its first bytes
 * @param choice model, voice and the rest; empty members take the configured defaults
 * @param resumption the conversation that it wants to go on with; what it chooses does not count then
 */
public record ConversationRequest(Optional<String> audioType, LiveChoice choice, Optional<Resumption> resumption) {
    /** Default settings and whatever container comes. */
    public static final ConversationRequest DEFAULT = new ConversationRequest(Optional.empty(), LiveChoice.DEFAULTS);

    /**
     * A conversation that a client was in.
     *
     * @param token as {@code ready} told it
     * @param turn of which answer it has {@code played}; empty: of the one whose audio came last
     * @param played what it has of that answer; empty: what it reported before
     */
    public record Resumption(Secret token, Optional<Integer> turn, Optional<Duration> played) {}

    /** A new conversation. */
    public ConversationRequest(Optional<String> audioType, LiveChoice choice) {
        this(audioType, choice, Optional.empty());
    }
}
