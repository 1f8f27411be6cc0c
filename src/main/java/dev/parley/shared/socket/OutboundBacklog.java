package dev.parley.shared.socket;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Frames in the order they came, of which one is being written, and the bytes of all of them. Not thread safe. */
final class OutboundBacklog {
    private final int maxBytes;
    private final ArrayDeque<OutboundFrame> frames = new ArrayDeque<>();
    private @Nullable OutboundFrame inFlight;
    private int bytes;

    /** When a binary message was last written, {@link System#nanoTime}; counts only once there was one. */
    private long binaryWrittenNanos;

    private boolean binaryWasWritten;

    /** Texts and binary messages that were taken and not written. */
    private int messages;

    OutboundBacklog(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** False when it does not fit. An empty backlog takes any frame: to refuse there would be for ever. */
    boolean add(OutboundFrame frame) {
        if (bytes > 0 && frame.bytes() > maxBytes - bytes) {
            return false;
        }
        bytes += frame.bytes();
        messages += frame.isMessage() ? 1 : 0;
        frames.add(frame);
        return true;
    }

    /** The next frame, in flight from here on until it is {@link #written}; null while another one is. */
    @Nullable
    OutboundFrame next() {
        if (inFlight != null) {
            return null;
        }
        inFlight = frames.poll();
        return inFlight;
    }

    boolean isInFlight() {
        return inFlight != null;
    }

    boolean isInFlight(OutboundFrame frame) {
        return inFlight == frame;
    }

    /** The frame in flight has been written. */
    void written(OutboundFrame frame) {
        inFlight = null;
        bytes -= frame.bytes();
        messages -= frame.isMessage() ? 1 : 0;
        if (frame.isBinary()) {
            binaryWrittenNanos = System.nanoTime();
            binaryWasWritten = true;
        }
    }

    int dropBinary() {
        int dropped = 0;
        for (Iterator<OutboundFrame> waiting = frames.iterator(); waiting.hasNext(); ) {
            OutboundFrame frame = waiting.next();
            if (frame.isBinary()) {
                waiting.remove();
                bytes -= frame.bytes();
                messages--;
                dropped += frame.payloadBytes();
            }
        }
        return dropped;
    }

    void clear() {
        frames.clear();
        inFlight = null;
        bytes = 0;
    }

    boolean isEmpty() {
        return frames.isEmpty();
    }

    int bytes() {
        return bytes;
    }

    /** Messages, pings not counted, that were taken and not written; what is cleared never will be, and stays counted. */
    int unwritten() {
        return messages;
    }

    /** See {@link OutboundQueue#binaryWrittenNanos}. */
    OptionalLong binaryWrittenNanos() {
        return binaryWasWritten && messages == 0 ? OptionalLong.of(binaryWrittenNanos) : OptionalLong.empty();
    }
}
