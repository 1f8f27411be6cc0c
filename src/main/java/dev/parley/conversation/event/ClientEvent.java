package dev.parley.conversation.event;

import dev.parley.shared.failure.FailureKind;
import dev.parley.shared.settings.Secret;
import dev.parley.tools.call.CallNotice;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a conversation tells its client, beside model audio. Doors turn it into their wire format; a new kind does not
 * compile until every {@link ClientEventHandler} knows it. Turns are numbered from 1.
 */
public sealed interface ClientEvent {
    /** Calls the handler's method for this kind. */
    void deliverTo(ClientEventHandler handler);

    /**
     * All slots are taken.
     *
     * @param position place in the line, 1 is next
     * @param ahead how many are before this one
     */
    record Waiting(int position, int ahead) implements ClientEvent {
        @Override
        public void deliverTo(ClientEventHandler handler) {
            handler.on(this);
        }
    }

    /**
     * The conversation has begun, or goes on with a client that was away.
     *
     * @param conversation its id
     * @param resume what a client that lost its connection proves itself by
     * @param model who answers
     * @param outputRate samples per second of the binary messages (PCM s16le mono)
     * @param timeLeft until its time limit
     * @param simulated true when no real key is in use
     * @param resumed whether the client was away; {@link History} follows
     * @param received how many of the client's messages were taken, over all connections, {@code start} not counted
     * @param pictures whether the model looks at what the person shows
     * @param picturesFor how long it does so together with sound; zero: as long as the conversation
     */
    record Ready(
            String conversation,
            Secret resume,
            String model,
            int outputRate,
            Duration timeLeft,
            boolean simulated,
            boolean resumed,
            long received,
            boolean pictures,
            Duration picturesFor)
            implements ClientEvent {
        @Override
        public void deliverTo(ClientEventHandler handler) {
            handler.on(this);
        }
    }

    /** Everything that was said so far, for a client that was away. */
    record History(List<Line> lines) implements ClientEvent {
        /**
         * One voice's part of one turn.
         *
         * @param turn number of the turn
         * @param byModel otherwise by the person
         * @param text all of it
         * @param heardChars how much of the text the person has heard, by the client's reports
         * @param interrupted whether the answer was broken off
         */
        public record Line(int turn, boolean byModel, String text, int heardChars, boolean interrupted) {}

        @Override
        public void deliverTo(ClientEventHandler handler) {
            handler.on(this);
        }
    }

    /** What a client wanted to go on with is not there, or not its own; it may begin a new conversation. */
    record NotResumed(String message) implements ClientEvent {
        @Override
        public void deliverTo(ClientEventHandler handler) {
            handler.on(this);
        }
    }

    /** From here on model audio has this rate. */
    record OutputFormat(int outputRate) implements ClientEvent {
        @Override
        public void deliverTo(ClientEventHandler handler) {
            handler.on(this);
        }
    }

    /** The next piece of what the person said. */
    record InputTranscript(String text, int turn) implements ClientEvent {
        @Override
        public void deliverTo(ClientEventHandler handler) {
            handler.on(this);
        }
    }

    /** A preview of what the person is saying; replaces the last one. */
    record InputPreview(String text) implements ClientEvent {
        @Override
        public void deliverTo(ClientEventHandler handler) {
            handler.on(this);
        }
    }

    /** The next piece of what the model said. */
    record OutputTranscript(String text, int turn) implements ClientEvent {
        @Override
        public void deliverTo(ClientEventHandler handler) {
            handler.on(this);
        }
    }

    /** The next piece of what the model wrote. */
    record ModelText(String text, int turn) implements ClientEvent {
        @Override
        public void deliverTo(ClientEventHandler handler) {
            handler.on(this);
        }
    }

    /**
     * The upstream noticed that the person began to speak.
     *
     * @param at in the person's audio since the beginning, when the upstream told
     */
    record SpeechStart(Optional<Duration> at) implements ClientEvent {
        @Override
        public void deliverTo(ClientEventHandler handler) {
            handler.on(this);
        }
    }

    /** Pages that the answer stands on, and the HTML that Google wants shown with it; may come several times in a turn. */
    record Sources(List<Source> pages, Optional<String> suggestions, int turn) implements ClientEvent {
        @Override
        public void deliverTo(ClientEventHandler handler) {
            handler.on(this);
        }
    }

    /**
     * The upstream noticed that the person stopped.
     *
     * @param at in the person's audio since the beginning, when the upstream told
     */
    record SpeechEnd(Optional<Duration> at) implements ClientEvent {
        @Override
        public void deliverTo(ClientEventHandler handler) {
            handler.on(this);
        }
    }

    /** The person cut in: audio not yet played must be dropped. */
    record Interrupted(int turn) implements ClientEvent {
        @Override
        public void deliverTo(ClientEventHandler handler) {
            handler.on(this);
        }
    }

    /**
     * A turn is over.
     *
     * @param usage what it cost, when the upstream told
     */
    record TurnComplete(int turn, Optional<TokenUsage> usage) implements ClientEvent {
        @Override
        public void deliverTo(ClientEventHandler handler) {
            handler.on(this);
        }
    }

    /** A call of a tool stands elsewhere now. */
    record Tool(CallNotice notice) implements ClientEvent {
        @Override
        public void deliverTo(ClientEventHandler handler) {
            handler.on(this);
        }
    }

    /** Tokens used by the whole conversation so far. */
    record Usage(TokenUsage total) implements ClientEvent {
        @Override
        public void deliverTo(ClientEventHandler handler) {
            handler.on(this);
        }
    }

    /** The time limit comes near. */
    record TimeLeft(Duration left) implements ClientEvent {
        @Override
        public void deliverTo(ClientEventHandler handler) {
            handler.on(this);
        }
    }

    /** The upstream connection is being replaced; what is said meanwhile is kept. */
    record Reconnecting() implements ClientEvent {
        @Override
        public void deliverTo(ClientEventHandler handler) {
            handler.on(this);
        }
    }

    /**
     * The upstream connection is back.
     *
     * @param replayed audio that was kept and has been sent now
     * @param lost audio that did not fit what is kept
     */
    record Resumed(Duration replayed, Duration lost) implements ClientEvent {
        @Override
        public void deliverTo(ClientEventHandler handler) {
            handler.on(this);
        }
    }

    /** The upstream is spoken to and says nothing; if that goes on, its connection is replaced. */
    record Unsteady() implements ClientEvent {
        @Override
        public void deliverTo(ClientEventHandler handler) {
            handler.on(this);
        }
    }

    /** The upstream says something again. */
    record Steady() implements ClientEvent {
        @Override
        public void deliverTo(ClientEventHandler handler) {
            handler.on(this);
        }
    }

    /** Something went wrong and the conversation goes on. */
    record Problem(FailureKind kind, String message) implements ClientEvent {
        @Override
        public void deliverTo(ClientEventHandler handler) {
            handler.on(this);
        }
    }
}
