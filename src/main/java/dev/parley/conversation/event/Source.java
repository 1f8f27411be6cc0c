package dev.parley.conversation.event;

import dev.parley.gemini.live.LiveEvent;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;

/**
 * A page that may be linked to.
 *
 * @param title for people, never empty
 * @param uri {@code http} or {@code https}
 */
public record Source(String title, String uri) {
    /** More than anyone reads. */
    private static final int MOST_PAGES = 20;

    private static final int LONGEST_TITLE = 200;
    private static final int LONGEST_URI = 2048;

    /** Those of the pages that may be shown, each once. */
    public static List<Source> harmless(List<LiveEvent.Source> pages) {
        return pages.stream()
                .flatMap(page -> harmless(page.title(), page.uri()).stream())
                .distinct()
                .limit(MOST_PAGES)
                .toList();
    }

    /** The page, unless its address could be anything else than a link to the web. */
    public static Optional<Source> harmless(String title, String uri) {
        try {
            URI address = new URI(uri);
            boolean web = "http".equalsIgnoreCase(address.getScheme()) || "https".equalsIgnoreCase(address.getScheme());
            if (!web || address.getHost() == null || uri.length() > LONGEST_URI) {
                return Optional.empty();
            }
            String shown = title.isBlank() ? address.getHost() : title.strip();
            return Optional.of(new Source(shown.substring(0, Math.min(shown.length(), LONGEST_TITLE)), uri));
        } catch (URISyntaxException noAddress) {
            return Optional.empty();
        }
    }
}
