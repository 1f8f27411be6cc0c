package dev.parley.shared.socket;

import java.util.ArrayDeque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** Frames in the order they came, and the bytes of them and of those taken but not yet written. Not thread safe. */
final class OutboundBacklog {
    private final int maxBytes;
    private final ArrayDeque<OutboundFrame> frames = new ArrayDeque<>();
    private int bytes;

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

    /** The next frame; its bytes count until it is {@link #written}. */
    @Nullable
    OutboundFrame poll() {
        return frames.poll();
    }

    void written(OutboundFrame frame) {
        bytes -= frame.bytes();
        messages -= frame.isMessage() ? 1 : 0;
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
}
