package dev.parley.security.origin;

import dev.parley.security.Upgrades;
import dev.parley.shared.settings.SettingsReader;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.Set;

/**
 * Refuses what a browser does for a foreign page: a WebSocket handshake, and any request that is not a mere question
 * (RFC 9110 §9.2.1), since browsers send a foreign page's POST before they ask. Any thread.
 */
public final class OriginRule {
    private static final Set<String> QUESTIONS = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

    /** What {@code Sec-Fetch-Site} says of pages that are not of this origin (W3C Fetch Metadata §2.3). */
    private static final Set<String> OTHER_SITES = Set.of("cross-site", "same-site");

    private final OriginPolicy policy;
    private final OriginRefusals refusals = new OriginRefusals();

    private OriginRule(OriginPolicy policy) {
        this.policy = policy;
    }

    /** Reads {@code parley.security.allowed-origins}. */
    public static OriginRule read(SettingsReader settings) {
        return new OriginRule(OriginPolicy.read(settings));
    }

    /** Why the request may not be answered, if it may not. */
    public Optional<String> refusal(HttpServletRequest request) {
        String origin = request.getHeader("Origin");
        if (origin == null || !changesSomething(request)) {
            return Optional.empty();
        }
        return refusal(origin, request);
    }

    /**
     * The same for requests that carry what a browser adds by itself, a cookie or a remembered password: a foreign page's
     * is refused even where the browser left the origin out.
     */
    public Optional<String> refusalOfUnnamed(HttpServletRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        boolean unnamed = request.getHeader("Origin") == null && site != null && OTHER_SITES.contains(site);
        return unnamed && changesSomething(request)
                ? Optional.of("Another web page may not do this with your sign-in.")
                : Optional.empty();
    }

    /** Why pages of this origin may not open conversations with this server, if they may not. */
    public Optional<String> refusal(String origin, HttpServletRequest request) {
        OriginPolicy.Verdict verdict = policy.check(origin, request.getHeader("Host"));
        return verdict == OriginPolicy.Verdict.ALLOWED
                ? Optional.empty()
                : Optional.of(refusals.words(verdict, origin));
    }

    /** One spelling for each origin: lower case, without a default port. */
    public static String normalised(String origin) {
        return OriginPolicy.normalised(origin);
    }

    private static boolean changesSomething(HttpServletRequest request) {
        return Upgrades.isAsked(request) || !QUESTIONS.contains(request.getMethod());
    }
}
