package dev.parley.security;

import dev.parley.shared.failure.FailureKind;
import dev.parley.shared.settings.SettingsReader;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Serial;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Refuses with 403 what a browser does for a foreign page: a WebSocket handshake, before the upgrade, and any request
 * that is not a mere question (RFC 9110 §9.2.1), since browsers send a foreign page's POST before they ask. It looks at
 * every upgrade whatever its path, because servers match the paths of filters and of endpoints by different rules
 * ({@code /ws;a/audio-live} reaches an endpoint past a filter of its exact path). Only Google's own paths, which the
 * simulator answers to any page, are let through; for requests they are taken from where the server dispatches to.
 */
@WebFilter(urlPatterns = "/*", asyncSupported = true)
public final class OriginFilter extends HttpFilter {
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Where the simulator answers Live API clients, as they spell it. Servers decode and shorten paths by rules of their
     * own, so a path with escapes, parameters or dot segments is never taken for one of these.
     */
    private static final Pattern SIMULATED_SERVICE =
            Pattern.compile("/+(?:[A-Za-z0-9_-]+/+)*ws/+google(?:\\.[A-Za-z0-9]+)+(?:/+[A-Za-z0-9]+)?");

    private static final Set<String> QUESTIONS = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

    /** Where the simulator answers REST calls. */
    private static final Pattern SIMULATED_REST = Pattern.compile("/(?:upload/)?v1(?:alpha|beta)?/.*");

    private final transient OriginPolicy policy;
    private final transient OriginRefusals refusals = new OriginRefusals();

    /** Fails deployment when the setting makes no sense. */
    @Inject
    public OriginFilter(SettingsReader settings) {
        this.policy = OriginPolicy.read(settings);
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String origin = request.getHeader("Origin");
        OriginPolicy.Verdict verdict =
                needsCheck(request) ? policy.check(origin, request.getHeader("Host")) : OriginPolicy.Verdict.ALLOWED;
        if (verdict == OriginPolicy.Verdict.ALLOWED || origin == null) {
            chain.doFilter(request, response);
        } else {
            refuse(request, response, refusals.words(verdict, origin));
        }
    }

    private static void refuse(HttpServletRequest request, HttpServletResponse response, String why)
            throws IOException {
        response.setStatus(FailureKind.REFUSED.httpStatus());
        if (isUpgrade(request)) {
            response.setContentType("text/plain;charset=UTF-8");
            response.getWriter().println(why);
        } else {
            response.setContentType("application/problem+json;charset=UTF-8");
            response.setHeader("Connection", "close"); // whatever is left of the body is not waited for
            response.getWriter()
                    .print(Json.createObjectBuilder()
                            .add("type", "urn:parley:problem:refused")
                            .add("title", "Not allowed")
                            .add("status", FailureKind.REFUSED.httpStatus())
                            .add("detail", why)
                            .add("code", FailureKind.REFUSED.closeCode())
                            .add("retryable", FailureKind.REFUSED.retryable())
                            .build());
        }
    }

    private static boolean needsCheck(HttpServletRequest request) {
        if (isUpgrade(request)) {
            String path =
                    request.getRequestURI().substring(request.getContextPath().length());
            return !SIMULATED_SERVICE.matcher(path).matches();
        }
        if (QUESTIONS.contains(request.getMethod())) {
            return false;
        }
        String info = request.getPathInfo();
        return !SIMULATED_REST
                .matcher(request.getServletPath() + (info == null ? "" : info))
                .matches();
    }

    private static boolean isUpgrade(HttpServletRequest request) {
        return request.getHeader("Sec-WebSocket-Key") != null || request.getHeader("Upgrade") != null;
    }
}
