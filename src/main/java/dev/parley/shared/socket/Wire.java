package dev.parley.shared.socket;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The sending half of one WebSocket. {@link OutboundQueue} calls it for one frame at a time and waits for the
 * completion, which may come on any thread, also before the call returns.
 */
public interface Wire {
    /** Starts writing a text message. */
    void writeText(String text, Completion completion);

    /** Starts writing a binary message; the bytes between position and limit. */
    void writeBinary(ByteBuffer data, Completion completion);

    /** Starts writing a ping. */
    void writePing(Completion completion);

    /** Starts the closing handshake; never throws, may be called twice. */
    void close(int code, String reason);

    /** Told once per write. */
    @FunctionalInterface
    interface Completion {
        /**
         * The write is over.
         *
         * @param failure null when the bytes were handed to the network
         */
        void written(@Nullable Throwable failure);
    }
}
