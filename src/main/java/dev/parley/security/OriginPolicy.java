package dev.parley.security;

import dev.parley.shared.settings.SettingsReader;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which origins (RFC 6454) a browser may open a WebSocket from: the page's own, and those configured. WebSockets are
 * not held back by the same-origin rule of browsers, so a foreign page could speak with a visitor's sign-in
 * (RFC 6455 §10.2). A client that sends no origin is no browser and has nothing of a visitor's. Immutable.
 */
final class OriginPolicy {
    private static final String PROPERTY = "parley.security.allowed-origins";
    private static final String ANY = "*";

    private final Set<String> allowed;

    private OriginPolicy(Set<String> allowed) {
        this.allowed = allowed;
    }

    /** Reads {@code parley.security.allowed-origins}: {@code https://host[:port]}, comma separated, or {@code *}. */
    static OriginPolicy read(SettingsReader settings) {
        List<String> origins = settings.list(PROPERTY);
        for (String origin : origins) {
            if (!origin.equals(ANY) && !isOrigin(origin)) {
                throw settings.refuse(PROPERTY, origin, "a list of origins such as https://example.com:8443, or *");
            }
        }
        return new OriginPolicy(origins.stream().map(OriginPolicy::normalised).collect(Collectors.toUnmodifiableSet()));
    }

    /**
     * Whether a handshake may go on.
     *
     * @param origin the {@code Origin} header
     * @param host the {@code Host} header
     */
    boolean allows(@Nullable String origin, @Nullable String host) {
        if (origin == null || allowed.contains(ANY)) {
            return true;
        }
        if (!isOrigin(origin)) {
            return false;
        }
        String normalised = normalised(origin);
        return allowed.contains(normalised) || (host != null && isSameHost(URI.create(normalised), host));
    }

    /** A proxy in front may speak TLS, so schemes are not compared, and a default port may be left out. */
    private static boolean isSameHost(URI origin, String host) {
        String own = host.toLowerCase(Locale.ROOT);
        String authority = origin.getAuthority();
        return own.equals(authority)
                || (origin.getPort() == -1
                        && own.equals(authority + (origin.getScheme().equals("https") ? ":443" : ":80")));
    }

    private static boolean isOrigin(String text) {
        try {
            URI uri = new URI(text);
            return uri.getHost() != null
                    && uri.getUserInfo() == null
                    && ("http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme()))
                    && (uri.getRawPath().isEmpty() || uri.getRawPath().equals("/"));
        } catch (java.net.URISyntaxException malformed) {
            return false;
        }
    }

    /** Lower case, without a default port or a trailing slash. */
    private static String normalised(String origin) {
        String lower = origin.toLowerCase(Locale.ROOT);
        String bare = lower.endsWith("/") ? lower.substring(0, lower.length() - 1) : lower;
        return bare.startsWith("https:") ? withoutSuffix(bare, ":443") : withoutSuffix(bare, ":80");
    }

    private static String withoutSuffix(String text, String suffix) {
        return text.endsWith(suffix) ? text.substring(0, text.length() - suffix.length()) : text;
    }
}
