package dev.parley.security.origin;

import dev.parley.shared.settings.SettingsReader;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which origins (RFC 6454) a browser may open a WebSocket from: the page's own, and those configured. WebSockets are
 * not held back by the same-origin rule of browsers, so a foreign page could speak with a visitor's sign-in
 * (RFC 6455 §10.2). A client that sends no origin is no browser and has nothing of a visitor's.
 *
 * <p>The page's own origin counts when nobody else can have it: over TLS, where a certificate proves the name, and for
 * addresses and {@code localhost}, which no name server answers for. A name without TLS proves nothing: whoever owns it
 * may let it lead here (DNS rebinding). Immutable.
 */
final class OriginPolicy {
    static final String PROPERTY = "parley.security.allowed-origins";
    private static final String ANY = "*";

    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

    private final Set<String> allowed;

    /** What is said to a handshake. */
    enum Verdict {
        ALLOWED,
        /** Of the same host by name, but without TLS the name proves nothing. */
        UNPROVEN_NAME,
        FOREIGN,
        /** Not the form of a web page's origin, so no setting can allow it but {@code *}. */
        NO_ORIGIN
    }

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
     * Whether a handshake may go on, and if not, why.
     *
     * @param origin the {@code Origin} header
     * @param host the {@code Host} header
     */
    Verdict check(@Nullable String origin, @Nullable String host) {
        if (origin == null || allowed.contains(ANY)) {
            return Verdict.ALLOWED;
        }
        if (!isOrigin(origin)) {
            return Verdict.NO_ORIGIN;
        }
        String normalised = normalised(origin);
        if (allowed.contains(normalised)) {
            return Verdict.ALLOWED;
        }
        URI page = URI.create(normalised);
        if (host == null || !isSameHost(page, host)) {
            return Verdict.FOREIGN;
        }
        return page.getScheme().equals("https") || belongsToNobodyElse(page.getHost())
                ? Verdict.ALLOWED
                : Verdict.UNPROVEN_NAME;
    }

    /** Browsers ask no name server for addresses, nor for {@code localhost} and what is under it (RFC 6761 §6.3). */
    private static boolean belongsToNobodyElse(String host) {
        return host.startsWith("[")
                || IPV4.matcher(host).matches()
                || host.equals("localhost")
                || host.endsWith(".localhost");
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
    static String normalised(String origin) {
        String lower = origin.toLowerCase(Locale.ROOT);
        String bare = lower.endsWith("/") ? lower.substring(0, lower.length() - 1) : lower;
        return bare.startsWith("https:") ? withoutSuffix(bare, ":443") : withoutSuffix(bare, ":80");
    }

    private static String withoutSuffix(String text, String suffix) {
        return text.endsWith(suffix) ? text.substring(0, text.length() - suffix.length()) : text;
    }
}
