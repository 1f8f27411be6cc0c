package dev.parley.shared.socket;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A text, a binary message, or (both null) a ping, with what it counts in the queue; compared by identity. */
final class OutboundFrame {
    /** What a queued frame costs beside its payload. */
    static final int OVERHEAD_BYTES = 64;

    private final @Nullable String text;
    private final @Nullable ByteBuffer binary;

    /** Counted once, because the buffer's position is not ours alone. */
    private final int payloadBytes;

    private OutboundFrame(@Nullable String text, @Nullable ByteBuffer binary, int payloadBytes) {
        this.text = text;
        this.binary = binary;
        this.payloadBytes = payloadBytes;
    }

    static OutboundFrame ofText(String text) {
        return new OutboundFrame(text, null, utf8Bytes(text));
    }

    static OutboundFrame ofBinary(ByteBuffer data) {
        ByteBuffer own = data.slice();
        return new OutboundFrame(null, own, own.remaining());
    }

    static OutboundFrame ofPing() {
        return new OutboundFrame(null, null, 0);
    }

    boolean isBinary() {
        return binary != null;
    }

    /** Not a ping. */
    boolean isMessage() {
        return text != null || binary != null;
    }

    int payloadBytes() {
        return payloadBytes;
    }

    /** Payload and overhead, kept from overflowing. */
    int bytes() {
        return Math.min(payloadBytes, Integer.MAX_VALUE - OVERHEAD_BYTES) + OVERHEAD_BYTES;
    }

    /** Starts the one write of this frame. */
    void writeTo(Wire wire, Wire.Completion completion) {
        if (text != null) {
            wire.writeText(text, completion);
        } else if (binary != null) {
            wire.writeBinary(binary, completion);
        } else {
            wire.writePing(completion);
        }
    }

    /** What the text takes on the wire; half a surrogate pair, replaced there by one byte or three, counts as two. */
    private static int utf8Bytes(String text) {
        long bytes = text.length();
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (unit >= 0x80) {
                bytes += unit < 0x800 || Character.isSurrogate(unit) ? 1 : 2; // a pair takes 4 bytes, 2 for each half
            }
        }
        return (int) Math.min(bytes, Integer.MAX_VALUE);
    }
}
