package dev.parley.gemini.access.token;

import java.util.regex.Pattern;

/** Takes what belongs to access tokens out of texts that others wrote. */
public final class SecretText {
    private static final String HIDDEN = "[token]";

    /** Google's access tokens, also foreign or cut ones. */
    private static final Pattern GOOGLE_TOKEN = Pattern.compile("ya29\\.[0-9A-Za-z._~+/-]*");

    private static final Pattern BEARER = Pattern.compile("(?i)\\b(Bearer)\\s+[0-9A-Za-z._~+/=-]{8,}");

    /** JSON Web Tokens, such as the assertion of a service account. */
    private static final Pattern ASSERTION = Pattern.compile("eyJ[0-9A-Za-z_-]{6,}(\\.[0-9A-Za-z_-]*){0,2}");

    private static final Pattern MEMBER = Pattern.compile(
            "(?i)\"(access_token|id_token|refresh_token|private_key|client_secret|assertion)\"\\s*:\\s*\"[^\"]*\"?");

    private SecretText() {}

    /** The text without tokens. */
    public static String without(String text) {
        String clean = MEMBER.matcher(text).replaceAll("\"$1\":\"" + HIDDEN + "\"");
        clean = ASSERTION.matcher(clean).replaceAll(HIDDEN);
        clean = GOOGLE_TOKEN.matcher(clean).replaceAll(HIDDEN);
        clean = BEARER.matcher(clean).replaceAll("$1 " + HIDDEN);
        return clean;
    }
}
