package dev.parley.simulator.protocol;

import jakarta.json.JsonObject;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Bytes with their type.
 *
 * @param mimeType in lower case, such as {@code audio/pcm;rate=16000}
 * @param data the bytes; owned by whoever holds the blob
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier that is never compared
public record MediaBlob(String mimeType, byte[] data) {
    private static final int DEFAULT_RATE = 16_000;
    private static final int LOWEST_RATE = 4_000;
    private static final int HIGHEST_RATE = 192_000;
    private static final Pattern PCM = Pattern.compile("audio/pcm(?:\\s*;\\s*rate=(\\d{1,6}))?(?:\\s*;.*)?");

    /**
     * Reads {@code {mimeType, data}}; both base64 alphabets are taken, with or without padding.
     *
     * @param path where it stands in the message, as Google shows it
     */
    public static MediaBlob read(JsonObject blob, String path) {
        String text = blob.getString("data", "").replace('-', '+').replace('_', '/');
        try {
            byte[] data = Base64.getDecoder().decode(text);
            return new MediaBlob(blob.getString("mimeType", "").toLowerCase(Locale.ROOT), data);
        } catch (IllegalArgumentException failure) {
            throw Refusal.invalidValue(path + ".data", "TYPE_BYTES", "Base64 decoding failed");
        }
    }

    /** Samples per second of raw PCM; 16 kHz when the type does not say. Other types are a {@link Refusal}. */
    public int pcmRate() {
        Matcher matcher = PCM.matcher(mimeType);
        if (!matcher.matches()) {
            throw WireFault.INVALID_ARGUMENT.refusal();
        }
        int rate = matcher.group(1) == null ? DEFAULT_RATE : Integer.parseInt(matcher.group(1));
        if (rate < LOWEST_RATE || rate > HIGHEST_RATE) {
            throw WireFault.INVALID_ARGUMENT.refusal();
        }
        return rate;
    }

    /** Whether it is a picture. */
    public boolean isImage() {
        return mimeType.startsWith("image/");
    }
}
