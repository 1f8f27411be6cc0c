package dev.parley.browser.picture;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.parley.gemini.live.LiveConnection.Picture;
import dev.parley.shared.failure.FailureKind;
import dev.parley.shared.failure.ParleyException;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Checks a picture by its first bytes, which say what it is whatever its type claims (PNG, ISO/IEC 15948 §5.2; JPEG,
 * ITU-T T.81 §B.1.1.3: SOI and the marker after it). Immutable; any thread.
 */
public final class PictureReader {
    /** Longest picture, decoded, that any bound allows. */
    public static final int MAX_BYTES = 1 << 20;

    private static final Map<String, String> BEGINNINGS =
            Map.of("image/jpeg", "\u00FF\u00D8\u00FF", "image/png", "\u0089PNG\r\n\u001A\n");

    private final int maxBytes;

    /** A reader for pictures of at most so many bytes, decoded. */
    public PictureReader(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /**
     * The picture of a message.
     *
     * @throws ParleyException {@code BAD_MESSAGE} or {@code TOO_LARGE}, with what is wrong
     */
    public Picture read(@Nullable String mimeType, @Nullable String data) {
        String type = mimeType == null ? "" : mimeType.strip().toLowerCase(Locale.ROOT);
        String beginning = BEGINNINGS.get(type);
        if (beginning == null) {
            throw bad("A message of the type \"image\" needs a \"mimeType\", image/jpeg or image/png.");
        }
        if (data == null || data.isEmpty()) {
            throw bad("A message of the type \"image\" needs \"data\", the picture in base64.");
        }
        if (data.length() / 4L * 3 - 2 > maxBytes) {
            throw new ParleyException(
                    FailureKind.TOO_LARGE,
                    "A picture may have at most " + maxBytes
                            + " bytes: make it smaller, 768 pixels on its longer side are enough.");
        }
        if (!decode(data).startsWith(beginning)) {
            throw bad("The picture is no " + type + ", as its first bytes show.");
        }
        return new Picture(type, data);
    }

    /** Decodes all of it, since a server closes the conversation over what is no base64. */
    private static String decode(String data) {
        try {
            if (data.length() % 4 != 0) {
                throw new IllegalArgumentException("Padding is missing");
            }
            byte[] bytes = Base64.getDecoder().decode(data);
            return new String(bytes, 0, Math.min(bytes.length, 8), ISO_8859_1);
        } catch (IllegalArgumentException notBase64) {
            throw new ParleyException(
                    FailureKind.BAD_MESSAGE,
                    "The \"data\" of a picture must be base64 in the standard alphabet, padded with =.",
                    notBase64);
        }
    }

    private static ParleyException bad(String message) {
        return new ParleyException(FailureKind.BAD_MESSAGE, message);
    }
}
