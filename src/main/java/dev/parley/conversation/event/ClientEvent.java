package dev.parley.conversation.event;

import dev.parley.shared.failure.FailureKind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a conversation tells its client, beside model audio. Doors turn it into their wire format; a new kind does not
 * compile until every {@link Handler} knows it. Turns are numbered from 1.
 */
public sealed interface ClientEvent {
    /** Calls the handler's method for this kind. */
    void deliverTo(Handler handler);

    /** One method per kind. */
    interface Handler {
        /** See {@link Waiting}. */
        void on(Waiting event);

        /** See {@link Ready}. */
        void on(Ready event);

        /** See {@link OutputFormat}. */
        void on(OutputFormat event);

        /** See {@link InputTranscript}. */
        void on(InputTranscript event);

        /** See {@link InputPreview}. */
        void on(InputPreview event);

        /** See {@link OutputTranscript}. */
        void on(OutputTranscript event);

        /** See {@link ModelText}. */
        void on(ModelText event);

        /** See {@link Sources}. */
        void on(Sources event);

        /** See {@link SpeechStart}. */
        void on(SpeechStart event);

        /** See {@link SpeechEnd}. */
        void on(SpeechEnd event);

        /** See {@link Interrupted}. */
        void on(Interrupted event);

        /** See {@link TurnComplete}. */
        void on(TurnComplete event);

        /** See {@link Usage}. */
        void on(Usage event);

        /** See {@link TimeLeft}. */
        void on(TimeLeft event);

        /** See {@link Reconnecting}. */
        void on(Reconnecting event);

        /** See {@link Resumed}. */
        void on(Resumed event);

        /** See {@link Problem}. */
        void on(Problem event);
    }

    /**
     * All slots are taken.
     *
     * @param position place in the line, 1 is next
     * @param ahead how many are before this one
     */
    record Waiting(int position, int ahead) implements ClientEvent {
        @Override
        public void deliverTo(Handler handler) {
            handler.on(this);
        }
    }

    /**
     * The conversation has begun.
     *
     * @param conversation its id
     * @param model who answers
     * @param outputRate samples per second of the binary messages (PCM s16le mono)
     * @param timeLeft until its time limit
     * @param simulated true when no real key is in use
     * @param pictures whether the model looks at what the person shows
     * @param picturesFor how long it does so together with sound; zero: as long as the conversation
     */
    record Ready(
            String conversation,
            String model,
            int outputRate,
            Duration timeLeft,
            boolean simulated,
            boolean pictures,
            Duration picturesFor)
            implements ClientEvent {
        @Override
        public void deliverTo(Handler handler) {
            handler.on(this);
        }
    }

    /** From here on model audio has this rate. */
    record OutputFormat(int outputRate) implements ClientEvent {
        @Override
        public void deliverTo(Handler handler) {
            handler.on(this);
        }
    }

    /** The next piece of what the person said. */
    record InputTranscript(String text, int turn) implements ClientEvent {
        @Override
        public void deliverTo(Handler handler) {
            handler.on(this);
        }
    }

    /** A preview of what the person is saying; replaces the last one. */
    record InputPreview(String text) implements ClientEvent {
        @Override
        public void deliverTo(Handler handler) {
            handler.on(this);
        }
    }

    /** The next piece of what the model said. */
    record OutputTranscript(String text, int turn) implements ClientEvent {
        @Override
        public void deliverTo(Handler handler) {
            handler.on(this);
        }
    }

    /** The next piece of what the model wrote. */
    record ModelText(String text, int turn) implements ClientEvent {
        @Override
        public void deliverTo(Handler handler) {
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
        public void deliverTo(Handler handler) {
            handler.on(this);
        }
    }

    /** Pages that the answer stands on; may come several times in a turn. */
    record Sources(List<Source> pages, int turn) implements ClientEvent {
        @Override
        public void deliverTo(Handler handler) {
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
        public void deliverTo(Handler handler) {
            handler.on(this);
        }
    }

    /** The person cut in: audio not yet played must be dropped. */
    record Interrupted(int turn) implements ClientEvent {
        @Override
        public void deliverTo(Handler handler) {
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
        public void deliverTo(Handler handler) {
            handler.on(this);
        }
    }

    /** Tokens used by the whole conversation so far. */
    record Usage(TokenUsage total) implements ClientEvent {
        @Override
        public void deliverTo(Handler handler) {
            handler.on(this);
        }
    }

    /** The time limit comes near. */
    record TimeLeft(Duration left) implements ClientEvent {
        @Override
        public void deliverTo(Handler handler) {
            handler.on(this);
        }
    }

    /** The upstream connection is being replaced; what is said meanwhile is kept. */
    record Reconnecting() implements ClientEvent {
        @Override
        public void deliverTo(Handler handler) {
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
        public void deliverTo(Handler handler) {
            handler.on(this);
        }
    }

    /** Something went wrong and the conversation goes on. */
    record Problem(FailureKind kind, String message) implements ClientEvent {
        @Override
        public void deliverTo(Handler handler) {
            handler.on(this);
        }
    }
}
