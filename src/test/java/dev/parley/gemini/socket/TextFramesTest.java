package dev.parley.gemini.socket;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.glassfish.tyrus.spi.CompletionHandler;
import org.glassfish.tyrus.spi.Writer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextFramesTest {
    private final List<ByteBuffer> written = new ArrayList<>();
    private final List<@Nullable Throwable> ends = new ArrayList<>();
    private @Nullable Throwable failure;

    private final TextFrames frames = new TextFrames(
            new Writer() {
                @Override
                public void write(ByteBuffer frame, CompletionHandler<ByteBuffer> completion) {
                    written.add(
                            ByteBuffer.allocate(frame.remaining()).put(frame).flip());
                    if (failure == null) {
                        completion.completed(frame);
                    } else {
                        completion.failed(failure);
                    }
                }

                @Override
                public void close() {}
            },
            new SecureRandom());

    /** Around each limit of the length field, and each remainder of the mask. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 8, 9, 11, 124, 125, 126, 127, 1797, 5106, 5107, 65_534, 65_535, 65_536, 300_003})
    void a_frame_unmasks_to_its_message(int length) {
        byte[] message = new byte[length + 5];
        new Random(length).nextBytes(message);
        ByteBuffer payload = ByteBuffer.wrap(message, 3, length);
        frames.write(payload, ends::add);

        assertEquals(length, payload.remaining(), "the caller's buffer is left as it was");
        assertArrayEquals(bytes(payload), unmasked());
    }

    @Test
    void masks_differ_from_frame_to_frame_also_when_drawn_anew() {
        List<Integer> masks = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            frames.write(ByteBuffer.wrap(new byte[8]), ends::add);
            masks.add(written.get(i).getInt(2));
        }
        assertEquals(200, masks.stream().distinct().count());
        assertNotEquals(0, masks.get(0));
    }

    @Test
    void a_failure_is_told_once() {
        failure = new IOException("gone");
        frames.write(ByteBuffer.wrap(new byte[8]), ends::add);
        assertEquals(1, ends.size());
        assertSame(failure, ends.get(0));
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    private byte[] unmasked() {
        ByteBuffer frame = written.get(written.size() - 1);
        assertEquals((byte) 0x81, frame.get(), "the last fragment, of text");
        int length = frame.get() & 0xFF;
        assertEquals(0x80, length & 0x80, "masked");
        length &= 0x7F;
        if (length == 126) {
            length = frame.getShort() & 0xFFFF;
        } else if (length == 127) {
            length = Math.toIntExact(frame.getLong());
        }
        byte[] mask = new byte[4];
        frame.get(mask);
        assertEquals(length, frame.remaining());
        byte[] message = bytes(frame);
        for (int i = 0; i < message.length; i++) {
            message[i] ^= mask[i % 4];
        }
        return message;
    }
}
