package dev.parley.simulator.line;

import dev.parley.shared.socket.CloseReasons;
import dev.parley.shared.socket.OutboundQueue;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;

/**
 * Frames to the client, in order: JSON in binary frames as Google sends it, or in text frames on demand. Holds them
 * back while a stall is simulated. Serial order of the session. Senders of sound ask {@link #isCongested()} first and
 * wait; a control frame that does not fit means a client that does not read, and ends the connection.
 */
public final class Outbox {
    private static final int CONGESTED_BYTES = 128 * 1024;
    private static final int MAX_HELD_CHARACTERS = 4 * 1024 * 1024;

    private final OutboundQueue queue;
    private final SerialTimers timers;
    private final Runnable overflow;
    private final ArrayDeque<String> held = new ArrayDeque<>();
    private int heldCharacters;
    private boolean stalled;
    private boolean textFrames;

    /** An open outbox; {@code overflow} is told when the client does not read. */
    public Outbox(OutboundQueue queue, SerialTimers timers, Runnable overflow) {
        this.queue = queue;
        this.timers = timers;
        this.overflow = overflow;
    }

    /** Sends a message. */
    public void send(String frame) {
        if (!stalled) {
            offer(frame);
        } else if (heldCharacters + frame.length() <= MAX_HELD_CHARACTERS) {
            heldCharacters += frame.length();
            held.add(frame);
        } else {
            overflow.run();
        }
    }

    /** Whether sound should wait. */
    public boolean isCongested() {
        return stalled || queue.queuedBytes() > CONGESTED_BYTES;
    }

    /** Says nothing for that long; then everything comes. */
    public void stall(Duration time) {
        stalled = true;
        timers.after(time, () -> {
            stalled = false;
            heldCharacters = 0;
            while (!stalled && !held.isEmpty()) {
                offer(held.remove());
            }
        });
    }

    /** Sends JSON in text frames from now on, or in binary ones. */
    public void useTextFrames(boolean text) {
        textFrames = text;
    }

    /** Lets what is queued leave, then closes. */
    public void close(int code, String reason) {
        queue.closeAfterFlush(code, CloseReasons.fit(reason));
    }

    private void offer(String frame) {
        boolean taken = textFrames
                ? queue.offerText(frame)
                : queue.offerBinary(ByteBuffer.wrap(frame.getBytes(StandardCharsets.UTF_8)));
        if (!taken) {
            overflow.run();
        }
    }
}
