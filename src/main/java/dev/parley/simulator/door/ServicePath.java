package dev.parley.simulator.door;

import dev.parley.simulator.protocol.ClientMessage.Dialect;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A path at which Google serves the Live API, behind any prefix; slashes may be doubled, as Google's JavaScript SDK
 * does.
 *
 * @param version of the API
 * @param dialect which of the two services
 * @param constrained whether it is the method for ephemeral tokens
 */
record ServicePath(String version, Dialect dialect, boolean constrained) {
    private static final Pattern DEVELOPER =
            Pattern.compile("/(?:.*/)?ws/+google\\.ai\\.generativelanguage\\.(v1|v1beta|v1alpha)"
                    + "\\.GenerativeService\\.BidiGenerateContent(Constrained)?");
    private static final Pattern VERTEX = Pattern.compile(
            "/(?:.*/)?ws/+google\\.cloud\\.aiplatform\\.(v1|v1beta1)\\.LlmBidiService/+BidiGenerateContent");

    /** Reads the path of a request. */
    static Optional<ServicePath> in(String path) {
        Matcher developer = DEVELOPER.matcher(path);
        if (developer.matches()) {
            return Optional.of(new ServicePath(developer.group(1), Dialect.DEVELOPER, developer.group(2) != null));
        }
        Matcher vertex = VERTEX.matcher(path);
        return vertex.matches()
                ? Optional.of(new ServicePath(vertex.group(1), Dialect.VERTEX, false))
                : Optional.empty();
    }
}
