package dev.parley.gemini.live;

import dev.parley.shared.figures.CloseCodes;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.LongAdder;

/** What went by without a conversation noticing; for metrics. Any thread. */
@ApplicationScoped
public class UpstreamCounters {
    private final LongAdder unreadable = new LongAdder();
    private final LongAdder unknown = new LongAdder();
    private final LongAdder dropped = new LongAdder();
    private final LongAdder nudges = new LongAdder();
    private final LongAdder dials = new LongAdder();
    private final CloseCodes closes = new CloseCodes("upstream");

    /** See {@link #unreadableFrames}. */
    public void countUnreadable() {
        unreadable.increment();
    }

    /** See {@link #unknownMessages}. */
    public void countUnknown() {
        unknown.increment();
    }

    /** See {@link #droppedAudioBytes}. */
    public void countDropped(int bytes) {
        dropped.add(bytes);
    }

    /** See {@link #nudgedWrites}. */
    public void countNudge() {
        nudges.increment();
    }

    /** See {@link #dials}. */
    public void countDial() {
        dials.increment();
    }

    /** Connections that ended, and dials that failed. */
    public CloseCodes closes() {
        return closes;
    }

    /** Frames that were not one JSON object, and audio that was not base64. */
    public long unreadableFrames() {
        return unreadable.sum();
    }

    /** Messages with no member that this version knows. */
    public long unknownMessages() {
        return unknown.sum();
    }

    /** Bytes of audio refused because a connection's queue was full. */
    public long droppedAudioBytes() {
        return dropped.sum();
    }

    /** Writes that had to be pushed on (see {@code gemini.tyrus.TyrusWire}). */
    public long nudgedWrites() {
        return nudges.sum();
    }

    /** Dials begun. */
    public long dials() {
        return dials.sum();
    }
}
