package dev.parley.conversation.event;

import dev.parley.shared.failure.FailureKind;
import java.time.Duration;
import java.time.Instant;

/**
 * What happened to a conversation, as CDI events. Fired from the mailbox: observers must hand over at once and never
 * block.
 */
public sealed interface ConversationEvent {
    /** Which conversation. */
    String conversation();

    /**
     * The upstream is ready.
     *
     * @param conversation its id
     * @param at when
     * @param model who answers
     * @param key the name of the key in use
     */
    record Started(String conversation, Instant at, String model, String key) implements ConversationEvent {}

    /**
     * It is over; everything it held has been given back.
     *
     * @param conversation its id
     * @param model who was to answer; empty when it never came to that
     * @param key the name of the key; empty when there never was a slot
     * @param kind why
     * @param reason why, in words
     * @param duration since the client asked for it
     * @param audioIn audio sent to the upstream
     * @param audioOut model audio handed to the client
     * @param audioLost audio of the person that did not fit a bound
     * @param heard model audio the client reports to have played
     * @param concealedPackets corrupt packets of the client's audio
     * @param picturesSent what the person showed, as far as the upstream took it
     * @param picturesDropped pictures that came too soon, or that nobody took
     * @param usage tokens
     */
    record Ended(
            String conversation,
            String model,
            String key,
            FailureKind kind,
            String reason,
            Duration duration,
            Duration audioIn,
            Duration audioOut,
            Duration audioLost,
            Duration heard,
            int concealedPackets,
            int picturesSent,
            int picturesDropped,
            TokenUsage usage)
            implements ConversationEvent {}
}
