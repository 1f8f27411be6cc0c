package dev.parley.security;

import dev.parley.shared.settings.SettingsReader;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Serial;

/**
 * Refuses browser handshakes from foreign pages with 403, before the upgrade. It looks at every upgrade whatever its
 * path, because servers match the paths of filters and of endpoints by different rules ({@code /ws;a/audio-live}
 * reaches an endpoint past a filter of its exact path); only Google's service names, which the simulator answers to
 * any page, are let through.
 */
@WebFilter(urlPatterns = "/*", asyncSupported = true)
public final class OriginFilter extends HttpFilter {
    @Serial
    private static final long serialVersionUID = 1L;

    /** In the path of every Live API service; no endpoint that needs the check has it. */
    private static final String SIMULATED_SERVICE = "/ws/google.";

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
            String why = refusals.words(verdict, origin);
            response.setContentType("text/plain;charset=UTF-8");
            response.setStatus(HttpServletResponse.SC_FORBIDDEN);
            response.getWriter().println(why);
        }
    }

    private static boolean needsCheck(HttpServletRequest request) {
        if (request.getHeader("Sec-WebSocket-Key") == null && request.getHeader("Upgrade") == null) {
            return false;
        }
        String path = request.getRequestURI().substring(request.getContextPath().length());
        return !path.replaceAll("/+", "/").startsWith(SIMULATED_SERVICE) || path.contains("audio-live");
    }
}
