package dev.parley.gemini.failure;

import java.util.List;

/** What both sides of Gemini, Live and REST, have to say in the same words. */
public final class Sentences {
    static final String QUOTA =
            "The Gemini quota of the key \"{key}\" is used up. Try again in a minute, or raise the quota in Google AI"
                    + " Studio.";
    static final String BAD_KEY =
            "Gemini did not accept the key \"{key}\". Whoever runs this server must check it (GEMINI_API_KEY or"
                    + " parley.gemini.keys): {reason}";
    static final String NO_KEY =
            "Gemini got no key with the request. A proxy on the way may have removed it; whoever runs this"
                    + " server must check parley.gemini.endpoint.";
    static final String REFUSED_UPGRADE = "The Gemini server refused the connection";
    static final String OWN_ERROR = "Gemini had an error of its own. Try again in a moment.";
    static final String SIMULATOR_NOT_READY = "The built-in simulator is still starting. Try again in a moment.";

    private static final List<String> ABOUT_KEYS =
            List.of(BAD_KEY.substring(0, BAD_KEY.indexOf('{')), NO_KEY, REFUSED_UPGRADE);

    private Sentences() {}

    /** Whether a failure's words say that the key is not taken, or did not arrive. */
    public static boolean areAboutKey(String words) {
        return ABOUT_KEYS.stream().anyMatch(words::startsWith);
    }
}
