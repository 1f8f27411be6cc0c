package dev.parley.gemini.failure;

import dev.parley.shared.settings.ApiKey;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

    static final String NO_LIVE_MODEL =
            "Gemini has no Live model \"{model}\" in version {version} of its API. Choose another one (parley.gemini.model),"
                    + " or another version (parley.gemini.version).";
    static final String NO_MODEL =
            "Gemini has no model \"{model}\" for recordings in version {version} of its API. Choose another one"
                    + " (parley.gemini.batch-model), or another version (parley.gemini.version).";
    static final String API_OFF =
            "The API of Vertex AI is not switched on in the project \"{key}\". Whoever runs this server must enable"
                    + " aiplatform.googleapis.com there (Google Cloud console, APIs and services).";
    static final String NO_BILLING =
            "The project of the key \"{key}\" needs billing for this. Whoever runs this server must set it up in Google"
                    + " AI Studio.";

    /** What is said in other words where a project of Vertex AI is used in the place of a key. */
    private static final Map<String, String> ON_VERTEX = Map.of(
            QUOTA,
            "The Vertex AI quota of the project \"{key}\" is used up. Try again in a minute, or raise the quota in the"
                    + " Google Cloud console.",
            BAD_KEY,
            "Google did not let this server use Vertex AI in the project \"{key}\". Whoever runs it must check the"
                    + " project, and that its credentials (parley.gemini.vertex.credentials-file or"
                    + " GOOGLE_APPLICATION_CREDENTIALS) have the role Vertex AI User (roles/aiplatform.user): {reason}",
            NO_KEY,
            "Vertex AI got no access token with the request. A proxy on the way may have removed it; whoever runs this"
                    + " server must check parley.gemini.endpoint.",
            NO_LIVE_MODEL,
            "Vertex AI has no Live model \"{model}\" for the project \"{key}\" at its location. Choose another one"
                    + " (parley.gemini.model), or another location (parley.gemini.vertex.location).",
            NO_MODEL,
            "Vertex AI has no model \"{model}\" for the project \"{key}\" at its location. Choose another one"
                    + " (parley.gemini.batch-model), or another location (parley.gemini.vertex.location).",
            NO_BILLING,
            "The project \"{key}\" needs billing for this. Whoever runs this server must set it up in the Google Cloud"
                    + " console.");

    /** How the sentences begin that are about a key, or the credentials of a project. */
    private static final Set<String> ABOUT_KEYS = Stream.of(
                    BAD_KEY, NO_KEY, REFUSED_UPGRADE, ON_VERTEX.get(BAD_KEY), ON_VERTEX.get(NO_KEY))
            .map(sentence -> sentence.split("\\{", 2)[0])
            .collect(Collectors.toUnmodifiableSet());

    private Sentences() {}

    /** The sentence in the words that fit a key, or a project. */
    static String fitting(ApiKey key, String sentence) {
        return key.standsForProject() ? ON_VERTEX.getOrDefault(sentence, sentence) : sentence;
    }

    /** What to check when Google does not know who asks. */
    static String credentials(ApiKey key) {
        return key.standsForProject()
                ? "the role (roles/aiplatform.user) and the credentials of parley.gemini.vertex.credentials-file or"
                        + " GOOGLE_APPLICATION_CREDENTIALS"
                : "the key";
    }

    /** What else names the address, behind the endpoint. */
    static String address(ApiKey key) {
        return key.standsForProject() ? ", parley.gemini.vertex.location" : "";
    }

    /** Whether a failure's words say that the key, or a project's credentials, are not taken, or did not arrive. */
    public static boolean areAboutKey(String words) {
        return ABOUT_KEYS.stream().anyMatch(words::startsWith);
    }
}
