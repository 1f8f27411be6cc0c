package dev.parley.gemini.live;

import dev.parley.shared.failure.FailureKind;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a Live API server told, one meaning each. A server message may carry several; content comes before flags. New
 * kinds do not compile until every {@link LiveHandler} knows them.
 */
public sealed interface LiveEvent {
    /** Calls the handler's method for this kind. */
    void deliverTo(LiveHandler handler);

    /** The setup is confirmed: sending may begin. */
    record Ready() implements LiveEvent {
        @Override
        public void deliverTo(LiveHandler handler) {
            handler.on(this);
        }
    }

    /**
     * The model speaks.
     *
     * @param pcm mono s16le between position and limit; the receiver owns it
     * @param rate samples per second, normally 24 000
     */
    record ModelAudio(ByteBuffer pcm, int rate) implements LiveEvent {
        @Override
        public void deliverTo(LiveHandler handler) {
            handler.on(this);
        }
    }

    /** The model writes: the next piece of text. Thoughts are not told. */
    record ModelText(String delta) implements LiveEvent {
        @Override
        public void deliverTo(LiveHandler handler) {
            handler.on(this);
        }
    }

    /** The next piece of what the person said. */
    record InputTranscript(String delta) implements LiveEvent {
        @Override
        public void deliverTo(LiveHandler handler) {
            handler.on(this);
        }
    }

    /** A preview of what the person is saying; replaces the last preview. */
    record InputPreview(String text) implements LiveEvent {
        @Override
        public void deliverTo(LiveHandler handler) {
            handler.on(this);
        }
    }

    /** The next piece of what the model said. */
    record OutputTranscript(String delta) implements LiveEvent {
        @Override
        public void deliverTo(LiveHandler handler) {
            handler.on(this);
        }
    }

    /**
     * Pages that the answer stands on.
     *
     * @param suggestions HTML that has to be shown with it ({@code searchEntryPoint.renderedContent}); as the server gave it
     */
    record Sources(List<Source> pages, Optional<String> suggestions) implements LiveEvent {
        @Override
        public void deliverTo(LiveHandler handler) {
            handler.on(this);
        }
    }

    /**
     * A page.
     *
     * @param uri as the server gave it: not yet known to be harmless
     */
    record Source(String title, String uri) {}

    /**
     * The server noticed that the person began to speak.
     *
     * @param at in the audio of this connection, when the server told
     */
    record SpeechStarted(Optional<Duration> at) implements LiveEvent {
        @Override
        public void deliverTo(LiveHandler handler) {
            handler.on(this);
        }
    }

    /**
     * The server noticed that the person stopped speaking.
     *
     * @param at in the audio of this connection, when the server told
     */
    record SpeechEnded(Optional<Duration> at) implements LiveEvent {
        @Override
        public void deliverTo(LiveHandler handler) {
            handler.on(this);
        }
    }

    /** The model has made its whole answer; playing it may take longer. */
    record GenerationComplete() implements LiveEvent {
        @Override
        public void deliverTo(LiveHandler handler) {
            handler.on(this);
        }
    }

    /**
     * The model's turn is over.
     *
     * @param reason {@code turnCompleteReason}, when the turn ended in another way than by an answer
     * @param idle false while an extended-thinking model goes on by itself ({@code interactionStatus} IN_PROGRESS)
     */
    record TurnComplete(Optional<String> reason, boolean idle) implements LiveEvent {
        @Override
        public void deliverTo(LiveHandler handler) {
            handler.on(this);
        }
    }

    /** The person cut in: audio not yet played must be dropped. */
    record Interrupted() implements LiveEvent {
        @Override
        public void deliverTo(LiveHandler handler) {
            handler.on(this);
        }
    }

    /**
     * Tokens of the connection so far or of the turn, as the server counts them.
     *
     * @param prompt all input tokens, the re-billed context included
     * @param response output tokens
     * @param total the server's sum
     * @param promptByModality TEXT, AUDIO, IMAGE, VIDEO, DOCUMENT → tokens
     * @param responseByModality the same for output
     */
    record Usage(
            long prompt,
            long response,
            long total,
            Map<String, Long> promptByModality,
            Map<String, Long> responseByModality)
            implements LiveEvent {
        @Override
        public void deliverTo(LiveHandler handler) {
            handler.on(this);
        }
    }

    /** The model wants functions called. */
    record ToolCalls(List<ToolCall> calls) implements LiveEvent {
        @Override
        public void deliverTo(LiveHandler handler) {
            handler.on(this);
        }
    }

    /**
     * One wanted call.
     *
     * @param id names the call in the answer
     * @param name the function
     * @param argumentsJson a JSON object
     */
    record ToolCall(String id, String name, String argumentsJson) {}

    /** The person cut in while calls were pending: their results are not wanted any more. */
    record ToolCallsCancelled(List<String> ids) implements LiveEvent {
        @Override
        public void deliverTo(LiveHandler handler) {
            handler.on(this);
        }
    }

    /** The server will close this connection when the time is over. */
    record GoAway(Duration timeLeft) implements LiveEvent {
        @Override
        public void deliverTo(LiveHandler handler) {
            handler.on(this);
        }
    }

    /** The handle with which a new connection goes on from here; empty while the session cannot be resumed. */
    record ResumptionHandle(Optional<String> handle) implements LiveEvent {
        @Override
        public void deliverTo(LiveHandler handler) {
            handler.on(this);
        }
    }

    /** A frame came that tells nothing: the server is there. */
    record Alive() implements LiveEvent {
        @Override
        public void deliverTo(LiveHandler handler) {
            handler.on(this);
        }
    }

    /**
     * The connection is over, or never came to be.
     *
     * @param kind what it means for the conversation
     * @param message a sentence that a person can act on; never holds the key
     * @param code the WebSocket close code as seen, 1006 without a close frame, 0 when the dial failed
     * @param reason the close reason as seen, for the log
     */
    record Closed(FailureKind kind, String message, int code, String reason) implements LiveEvent {
        @Override
        public void deliverTo(LiveHandler handler) {
            handler.on(this);
        }
    }
}
