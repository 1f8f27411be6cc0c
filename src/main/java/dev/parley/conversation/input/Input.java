package dev.parley.conversation.input;

import dev.parley.conversation.timing.Moment;
import dev.parley.gemini.live.LiveConnection.Picture;
import dev.parley.gemini.live.LiveEvent;
import dev.parley.limits.SessionLease;
import dev.parley.shared.failure.FailureKind;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;

/** Everything that can happen to a conversation; taken from its mailbox one at a time. */
public sealed interface Input {
    /** Calls the handler's method for this kind. */
    void deliverTo(Handler handler);

    /** One method per kind. */
    interface Handler {
        /** See {@link Start}. */
        void on(Start input);

        /** See {@link AudioArrived}. */
        void on(AudioArrived input);

        /** See {@link AudioDecoded}. */
        void on(AudioDecoded input);

        /** See {@link TextTyped}. */
        void on(TextTyped input);

        /** See {@link PictureShown}. */
        void on(PictureShown input);

        /** See {@link ActivityStarted}. */
        void on(ActivityStarted input);

        /** See {@link ActivityEnded}. */
        void on(ActivityEnded input);

        /** See {@link AudioStreamEnded}. */
        void on(AudioStreamEnded input);

        /** See {@link Heard}. */
        void on(Heard input);

        /** See {@link StopAsked}. */
        void on(StopAsked input);

        /** See {@link EndAsked}. */
        void on(EndAsked input);

        /** See {@link ClientGone}. */
        void on(ClientGone input);

        /** See {@link SlotGranted}. */
        void on(SlotGranted input);

        /** See {@link PlaceInLine}. */
        void on(PlaceInLine input);

        /** See {@link SlotRefused}. */
        void on(SlotRefused input);

        /** See {@link UpstreamHeard}. */
        void on(UpstreamHeard input);

        /** See {@link TimePassed}. */
        void on(TimePassed input);
    }

    /** The client asks for a conversation. */
    record Start(ConversationRequest request) implements Input {
        @Override
        public void deliverTo(Handler handler) {
            handler.on(this);
        }
    }

    /** The next bytes of the client's audio stream; the conversation owns the buffer. */
    record AudioArrived(ByteBuffer bytes) implements Input {
        @Override
        public void deliverTo(Handler handler) {
            handler.on(this);
        }
    }

    /** A decoder in another process has samples of the client's audio, its end, or a failure. */
    record AudioDecoded() implements Input {
        @Override
        public void deliverTo(Handler handler) {
            handler.on(this);
        }
    }

    /** The client typed. */
    record TextTyped(String text) implements Input {
        @Override
        public void deliverTo(Handler handler) {
            handler.on(this);
        }
    }

    /** The client shows a picture; empty when its door dropped one that came too soon. */
    record PictureShown(Optional<Picture> picture) implements Input {
        @Override
        public void deliverTo(Handler handler) {
            handler.on(this);
        }
    }

    /** Manual turn taking: the person begins. */
    record ActivityStarted() implements Input {
        @Override
        public void deliverTo(Handler handler) {
            handler.on(this);
        }
    }

    /** Manual turn taking: the person is done. */
    record ActivityEnded() implements Input {
        @Override
        public void deliverTo(Handler handler) {
            handler.on(this);
        }
    }

    /** The microphone pauses; later audio is a new container stream. */
    record AudioStreamEnded() implements Input {
        @Override
        public void deliverTo(Handler handler) {
            handler.on(this);
        }
    }

    /**
     * How much of an answer the client has really played.
     *
     * @param turn of which turn; 0 when the client counts over all turns
     * @param played model audio
     */
    record Heard(int turn, Duration played) implements Input {
        @Override
        public void deliverTo(Handler handler) {
            handler.on(this);
        }
    }

    /** The client wants to finish: what it said is still answered. */
    record StopAsked() implements Input {
        @Override
        public void deliverTo(Handler handler) {
            handler.on(this);
        }
    }

    /** The server or an operator ends it now, or a door found the client at fault. */
    record EndAsked(FailureKind kind, String reason) implements Input {
        @Override
        public void deliverTo(Handler handler) {
            handler.on(this);
        }
    }

    /** The client's connection is lost. */
    record ClientGone(String reason) implements Input {
        @Override
        public void deliverTo(Handler handler) {
            handler.on(this);
        }
    }

    /** A slot is ours until we close the lease. */
    record SlotGranted(SessionLease lease) implements Input {
        @Override
        public void deliverTo(Handler handler) {
            handler.on(this);
        }
    }

    /** The place in the line. */
    record PlaceInLine(int position, int ahead) implements Input {
        @Override
        public void deliverTo(Handler handler) {
            handler.on(this);
        }
    }

    /** No slot. */
    record SlotRefused(FailureKind kind, String message) implements Input {
        @Override
        public void deliverTo(Handler handler) {
            handler.on(this);
        }
    }

    /**
     * The upstream told something.
     *
     * @param connection number of the connection that told it; a replaced one is not listened to
     */
    record UpstreamHeard(int connection, LiveEvent event) implements Input {
        @Override
        public void deliverTo(Handler handler) {
            handler.on(this);
        }
    }

    /**
     * A moment that was waited for has come.
     *
     * @param appointment which wait for it; a cancelled one is not acted upon
     */
    record TimePassed(Moment moment, long appointment) implements Input {
        @Override
        public void deliverTo(Handler handler) {
            handler.on(this);
        }
    }
}
