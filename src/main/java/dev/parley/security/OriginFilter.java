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

/** Refuses browser handshakes from foreign pages with 403, before the upgrade. */
@WebFilter(urlPatterns = "/ws/audio-live", asyncSupported = true)
public final class OriginFilter extends HttpFilter {
    @Serial
    private static final long serialVersionUID = 1L;

    private final transient OriginPolicy policy;

    /** Fails deployment when the setting makes no sense. */
    @Inject
    public OriginFilter(SettingsReader settings) {
        this.policy = OriginPolicy.read(settings);
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (policy.allows(request.getHeader("Origin"), request.getHeader("Host"))) {
            chain.doFilter(request, response);
        } else {
            response.setContentType("text/plain;charset=UTF-8");
            response.setStatus(HttpServletResponse.SC_FORBIDDEN);
            response.getWriter()
                    .println("This origin may not open conversations here."
                            + " The operator can allow it with parley.security.allowed-origins.");
        }
    }
}
