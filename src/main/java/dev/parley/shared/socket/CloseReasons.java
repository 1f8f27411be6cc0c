package dev.parley.shared.socket;

import java.nio.charset.StandardCharsets;

/** Close reasons within the 123 bytes that a close frame has for them (RFC 6455 §5.5 and §5.5.1). */
public final class CloseReasons {
    private static final int MAX_BYTES = 123;

    private CloseReasons() {}

    /**
     * {@code reason}, cut at a character boundary so that its UTF-8 form fits. Half a surrogate pair, which has no
     * UTF-8 form (RFC 3629 §3), becomes a question mark, so that every encoder counts the same bytes.
     */
    public static String fit(String reason) {
        byte[] bytes = reason.getBytes(StandardCharsets.UTF_8);
        int end = bytes.length;
        if (end > MAX_BYTES) {
            end = MAX_BYTES;
            while ((bytes[end] & 0xC0) == 0x80) { // a continuation byte: its character would be cut in half
                end--;
            }
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8);
    }
}
