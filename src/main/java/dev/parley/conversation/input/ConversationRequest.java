package dev.parley.conversation.input;

import dev.parley.gemini.live.LiveChoice;
import java.util.Optional;

/**
 * What a client asks for at the start.
 *
 * @param audioType MIME type of the audio it will send; empty: found from its first bytes
 * @param choice model, voice and the rest; empty members take the configured defaults
 */
public record ConversationRequest(Optional<String> audioType, LiveChoice choice) {
    /** Default settings and whatever container comes. */
    public static final ConversationRequest DEFAULT = new ConversationRequest(Optional.empty(), LiveChoice.DEFAULTS);
}
