package dev.parley.gemini.failure;

import dev.parley.gemini.access.token.SecretText;
import dev.parley.shared.settings.Secret;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Takes keys out of texts that others wrote, such as close reasons that echo the request. */
final class Redaction {
    private static final String HIDDEN = "[key]";

    /** Google's keys, also foreign or cut ones. */
    private static final Pattern GOOGLE_KEY = Pattern.compile("AIza[0-9A-Za-z_-]{6,}");

    private static final Pattern PARAMETER =
            Pattern.compile("(?i)\\b(key|access_token|x-goog-api-key)(\\s*[=:]\\s*)[^\\s&,;\"']+");

    /** A piece of a key this short tells nothing. */
    private static final int SHORTEST_PIECE = 6;

    private Redaction() {}

    /** The text without the secret, whole, URL-encoded, or cut off at the text's end. */
    static String without(Secret secret, String text) {
        String key = secret.reveal();
        String clean = text.replace(key, HIDDEN).replace(URLEncoder.encode(key, StandardCharsets.UTF_8), HIDDEN);
        for (int length = key.length() - 1; length >= SHORTEST_PIECE; length--) {
            if (clean.endsWith(key.substring(0, length))) {
                clean = clean.substring(0, clean.length() - length) + HIDDEN;
                break;
            }
        }
        clean = SecretText.without(GOOGLE_KEY.matcher(clean).replaceAll(HIDDEN));
        return PARAMETER.matcher(clean).replaceAll("$1$2" + HIDDEN);
    }
}
