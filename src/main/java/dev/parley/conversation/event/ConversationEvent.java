package dev.parley.conversation.event;

import dev.parley.shared.failure.FailureKind;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What happened to a conversation, as CDI events. Fired from the mailbox: those of one conversation come one at a time and in
 * their order, {@link Opened} first and {@link Ended} last. Observers must hand over at once and never block; what one throws
 * is logged and harms no conversation. Never audio, words or keys.
 */
public sealed interface ConversationEvent {
    /** Which conversation. */
    String conversation();

    /** When. */
    Instant at();

    /**
     * A client is connected; it has asked for nothing yet.
     *
     * @param conversation its id
     * @param at when
     * @param caller who signed in; empty where nobody does
     */
    record Opened(String conversation, Instant at, Optional<String> caller) implements ConversationEvent {}

    /**
     * It is in another state.
     *
     * @param conversation its id
     * @param at when
     * @param state the state it is in now
     * @param why in words
     */
    record StateChanged(String conversation, Instant at, ConversationState state, String why)
            implements ConversationEvent {}

    /**
     * The upstream is ready for the first time.
     *
     * @param conversation its id
     * @param at when
     * @param model who answers
     * @param key the name of the key in use
     * @param caller who signed in; empty where nobody does
     */
    record Started(String conversation, Instant at, String model, String key, Optional<String> caller)
            implements ConversationEvent {}

    /**
     * Another upstream connection has taken the place of the last one.
     *
     * @param conversation its id
     * @param at when the new one was ready
     * @param planned whether the upstream had announced its leave; otherwise the last connection was lost
     * @param pause since the last one was left or lost
     * @param replayed audio of the person that was held meanwhile and has been sent
     * @param lost audio of the person that did not fit
     */
    record HandedOver(
            String conversation, Instant at, boolean planned, Duration pause, Duration replayed, Duration lost)
            implements ConversationEvent {}

    /**
     * A turn with a spoken answer is over, and the client has told when it was heard, if it tells that at all.
     *
     * @param conversation its id
     * @param at when
     * @param turn its number, from 1
     * @param forwarded from the arrival of the person's last audio before the answer until it was written to the upstream;
     *     empty where it was held on its way, or decoded in another process
     * @param firstAudio from the end of what the person said (voice, text, or mark of a turn's end) until the first audio of
     *     the answer came; empty where nothing was said since the last answer
     * @param firstSound the same until the first sound left the loudspeaker, as the client measured it
     */
    record TurnTimed(
            String conversation,
            Instant at,
            int turn,
            Optional<Duration> forwarded,
            Optional<Duration> firstAudio,
            Optional<Duration> firstSound)
            implements ConversationEvent {}

    /**
     * The upstream reported tokens.
     *
     * @param conversation its id
     * @param at when
     * @param usage those of this report
     */
    record Spent(String conversation, Instant at, TokenUsage usage) implements ConversationEvent {}

    /**
     * It is over; everything it held has been given back.
     *
     * @param conversation its id
     * @param at when
     * @param model who was to answer; empty when it never came to that
     * @param key the name of the key; empty when there never was a slot
     * @param caller who signed in; empty where nobody does
     * @param kind why
     * @param reason why, in words
     * @param duration since the client connected
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
            Instant at,
            String model,
            String key,
            Optional<String> caller,
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
            implements ConversationEvent {
        /** What a client that is still there has its connection closed with (RFC 6455 §7.4). */
        public int closeCode() {
            return kind.closeCode();
        }
    }
}
