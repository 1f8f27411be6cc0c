package dev.parley.gemini.socket;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.SecureRandom;
import java.util.function.Consumer;
import org.glassfish.tyrus.spi.CompletionHandler;
import org.glassfish.tyrus.spi.Writer;
import org.jspecify.annotations.Nullable;

/**
 * Writes text messages of a client as WebSocket frames (RFC 6455 §5.2), beside the control frames that Tyrus writes to
 * the same socket. Tyrus (2.1.5) encodes text character by character and masks byte by byte through a volatile field,
 * which cost more than everything else on the way of a piece of audio; here the JDK encodes, and eight bytes are masked
 * at a time.
 *
 * <p>One write at a time: the next after the completion of the one before, on any thread.
 */
public final class TextFrames {
    /** FIN, text. */
    private static final byte FINAL_TEXT = (byte) 0x81;

    private static final int MASKED = 0x80;
    private static final int SHORT_LENGTH = 125;
    private static final int TWO_BYTES_FOLLOW = 126;
    private static final int EIGHT_BYTES_FOLLOW = 127;
    private static final int MOST_IN_TWO_BYTES = 0xFFFF;
    private static final int LONGEST_HEADER = 14;

    /** Holds 100 ms of audio in base64; a longer message has a buffer of its own. */
    private static final int USUAL_FRAME = 5 << 10;

    private static final int MASKS_AT_ONCE = 64;

    private final Writer socket;
    private final SecureRandom random;
    private final ByteBuffer usual = ByteBuffer.allocate(USUAL_FRAME);
    private final ByteBuffer masks = ByteBuffer.allocate(MASKS_AT_ONCE * Integer.BYTES);

    TextFrames(Writer socket, SecureRandom random) {
        this.socket = socket;
        this.random = random;
        masks.limit(0);
    }

    /**
     * Writes one message.
     *
     * @param utf8 the text, encoded; between position and limit, and not changed before the completion
     * @param completion told once, null when the bytes were handed to the network; perhaps before this returns
     */
    public void write(ByteBuffer utf8, Consumer<@Nullable Throwable> completion) {
        socket.write(frame(utf8.duplicate()), new CompletionHandler<>() {
            @Override
            public void completed(ByteBuffer written) {
                completion.accept(null);
            }

            @Override
            public void failed(Throwable failure) {
                completion.accept(failure);
            }
        });
    }

    private ByteBuffer frame(ByteBuffer payload) {
        int length = payload.remaining();
        ByteBuffer frame =
                length + LONGEST_HEADER <= USUAL_FRAME ? usual.clear() : ByteBuffer.allocate(length + LONGEST_HEADER);
        frame.put(FINAL_TEXT);
        if (length <= SHORT_LENGTH) {
            frame.put((byte) (MASKED | length));
        } else if (length <= MOST_IN_TWO_BYTES) {
            frame.put((byte) (MASKED | TWO_BYTES_FOLLOW)).putShort((short) length);
        } else {
            frame.put((byte) (MASKED | EIGHT_BYTES_FOLLOW)).putLong(length);
        }
        int mask = nextMask();
        frame.putInt(mask);
        mask(payload, mask, frame);
        return frame.flip();
    }

    /** RFC 6455 §5.3. */
    private static void mask(ByteBuffer payload, int mask, ByteBuffer frame) {
        payload.order(ByteOrder.BIG_ENDIAN);
        long twice = ((long) mask << Integer.SIZE) | (mask & 0xFFFF_FFFFL);
        while (payload.remaining() >= Long.BYTES) {
            frame.putLong(payload.getLong() ^ twice);
        }
        for (int shift = Integer.SIZE - Byte.SIZE; payload.hasRemaining(); shift -= Byte.SIZE) {
            frame.put((byte) (payload.get() ^ (mask >>> (shift & (Integer.SIZE - 1)))));
        }
    }

    /** Drawn many at a time: the system's source costs more than a mask is worth. */
    private int nextMask() {
        if (!masks.hasRemaining()) {
            random.nextBytes(masks.array());
            masks.clear();
        }
        return masks.getInt();
    }
}
