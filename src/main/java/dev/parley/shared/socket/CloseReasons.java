package dev.parley.shared.socket;

import java.nio.charset.StandardCharsets;

/** Close reasons within the 123 bytes that a close frame has for them (RFC 6455 §5.5 and §5.5.1). */
public final class CloseReasons {
    private static final int MAX_BYTES = 123;

    private CloseReasons() {}

    /** {@code reason}, cut at a character boundary so that its UTF-8 form fits. */
    public static String fit(String reason) {
        byte[] bytes = reason.getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= MAX_BYTES) {
            return reason;
        }
        int end = MAX_BYTES;
        while (end > 0 && (bytes[end] & 0xC0) == 0x80) { // a continuation byte: its character would be cut in half
            end--;
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8);
    }
}
