package dev.parley.conversation.input;

import dev.parley.conversation.event.ClientChannel;
import dev.parley.conversation.timing.Moment;
import dev.parley.gemini.live.LiveConnection.Picture;
import dev.parley.gemini.live.LiveEvent;
import dev.parley.limits.SessionLease;
import dev.parley.shared.failure.FailureKind;
import dev.parley.tools.call.ToolCalls;
import dev.parley.tools.run.CallReport;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;

/** Everything that can happen to a conversation; taken from its mailbox one at a time. */
public sealed interface Input {
    /** Calls the handler's method for this kind. */
    void deliverTo(InputHandler handler);

    /** The client asks for a conversation. */
    record Start(ConversationRequest request) implements Input {
        @Override
        public void deliverTo(InputHandler handler) {
            handler.on(this);
        }
    }

    /**
     * The next bytes of the client's audio stream; the conversation owns the buffer.
     *
     * @param nanos when they came, {@link System#nanoTime}
     */
    record AudioArrived(ByteBuffer bytes, long nanos) implements Input {
        /** Bytes that come now. */
        public AudioArrived(ByteBuffer bytes) {
            this(bytes, System.nanoTime());
        }

        @Override
        public void deliverTo(InputHandler handler) {
            handler.on(this);
        }
    }

    /** A decoder in another process has samples of the client's audio, its end, or a failure. */
    record AudioDecoded() implements Input {
        @Override
        public void deliverTo(InputHandler handler) {
            handler.on(this);
        }
    }

    /** The client typed. */
    record TextTyped(String text) implements Input {
        @Override
        public void deliverTo(InputHandler handler) {
            handler.on(this);
        }
    }

    /** The client shows a picture; empty when its door dropped one that came too soon. */
    record PictureShown(Optional<Picture> picture) implements Input {
        @Override
        public void deliverTo(InputHandler handler) {
            handler.on(this);
        }
    }

    /** Manual turn taking: the person begins. */
    record ActivityStarted() implements Input {
        @Override
        public void deliverTo(InputHandler handler) {
            handler.on(this);
        }
    }

    /** Manual turn taking: the person is done. */
    record ActivityEnded() implements Input {
        @Override
        public void deliverTo(InputHandler handler) {
            handler.on(this);
        }
    }

    /** The microphone pauses; later audio is a new container stream. */
    record AudioStreamEnded() implements Input {
        @Override
        public void deliverTo(InputHandler handler) {
            handler.on(this);
        }
    }

    /**
     * How much of an answer the client has really played.
     *
     * @param turn of which turn; 0 when the client counts over all turns
     * @param played model audio
     * @param after with the first sound of an answer: how long it came after what the person said
     */
    record Heard(int turn, Duration played, Optional<Duration> after) implements Input {
        /** The client tells how much, not when it began. */
        public Heard(int turn, Duration played) {
            this(turn, played, Optional.empty());
        }

        @Override
        public void deliverTo(InputHandler handler) {
            handler.on(this);
        }
    }

    /** The client wants to finish: what it said is still answered. */
    record StopAsked() implements Input {
        @Override
        public void deliverTo(InputHandler handler) {
            handler.on(this);
        }
    }

    /** The server or an operator ends it now, or a door found the client at fault. */
    record EndAsked(FailureKind kind, String reason) implements Input {
        @Override
        public void deliverTo(InputHandler handler) {
            handler.on(this);
        }
    }

    /**
     * The client's connection is over.
     *
     * @param mayReturn whether it was lost, and not closed because the client was done
     */
    record ClientGone(String reason, boolean mayReturn) implements Input {
        /** The client is gone for good. */
        public ClientGone(String reason) {
            this(reason, false);
        }

        @Override
        public void deliverTo(InputHandler handler) {
            handler.on(this);
        }
    }

    /**
     * The client is there again, or somewhere else.
     *
     * @param visit number of its connection: from here on no other counts
     */
    record ClientReturned(int visit, ClientChannel channel, ConversationRequest request) implements Input {
        @Override
        public void deliverTo(InputHandler handler) {
            handler.on(this);
        }
    }

    /** A slot is ours until we close the lease. */
    record SlotGranted(SessionLease lease) implements Input {
        @Override
        public void deliverTo(InputHandler handler) {
            handler.on(this);
        }
    }

    /** The place in the line. */
    record PlaceInLine(int position, int ahead) implements Input {
        @Override
        public void deliverTo(InputHandler handler) {
            handler.on(this);
        }
    }

    /** No slot. */
    record SlotRefused(FailureKind kind, String message) implements Input {
        @Override
        public void deliverTo(InputHandler handler) {
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
        public void deliverTo(InputHandler handler) {
            handler.on(this);
        }
    }

    /** Something happened to a call of a tool, on another thread or by the person. */
    sealed interface ToolNews extends Input {
        /** Tells the conversation's calls. */
        void reach(ToolCalls calls);

        @Override
        default void deliverTo(InputHandler handler) {
            handler.on(this);
        }
    }

    /** A call has come to an end, or its time has. */
    record ToolReported(CallReport report) implements ToolNews {
        @Override
        public void reach(ToolCalls calls) {
            calls.take(report);
        }
    }

    /** The person was asked about a call, by its number, and allows it or not. */
    record ToolDecided(long call, boolean allowed) implements ToolNews {
        @Override
        public void reach(ToolCalls calls) {
            calls.decide(call, allowed);
        }
    }

    /**
     * A moment that was waited for has come.
     *
     * @param appointment which wait for it; a cancelled one is not acted upon
     */
    record TimePassed(Moment moment, long appointment) implements Input {
        @Override
        public void deliverTo(InputHandler handler) {
            handler.on(this);
        }
    }
}
