package dev.parley.simulator.door;

import dev.parley.simulator.Simulator;
import dev.parley.simulator.fault.GoogleError;
import dev.parley.simulator.protocol.ClientMessage.Dialect;
import dev.parley.simulator.setup.CredentialReader;
import dev.parley.simulator.setup.Handshake;
import jakarta.inject.Inject;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Brings Google's paths to the endpoint: a doubled slash, which Google's JavaScript SDK always sends when its base URL
 * is set, becomes one. A service or version that does not exist is answered with 404 before the handshake, and on Vertex AI
 * a token that is not taken with 401.
 */
@WebFilter(urlPatterns = "/*", asyncSupported = true)
public final class ServicePathFilter implements Filter {
    private static final Pattern GOOGLE = Pattern.compile("/(?:.*/)?ws/+google\\..*");

    @Inject
    private Simulator simulator;

    @Inject
    private Clock clock;

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!(request instanceof HttpServletRequest http)
                || !(response instanceof HttpServletResponse answer)
                || !GOOGLE.matcher(http.getRequestURI()).matches()
                || !simulator.isEnabled()) {
            chain.doFilter(request, response);
            return;
        }
        Optional<ServicePath> path = ServicePath.in(http.getRequestURI());
        if (path.isEmpty()) {
            answer.sendError(HttpServletResponse.SC_NOT_FOUND);
        } else if (path.get().dialect() == Dialect.VERTEX
                && !Handshake.isGoodToken(
                        CredentialReader.readToken(CredentialReader.headers(http)), clock.instant())) {
            refuse(answer, GoogleError.unauthenticated());
        } else {
            chain.doFilter(http.getRequestURI().contains("//") ? new SingleSlashes(http) : http, response);
        }
    }

    private static void refuse(HttpServletResponse answer, GoogleError error) throws IOException {
        answer.setStatus(error.code());
        answer.setHeader("WWW-Authenticate", "Bearer realm=\"https://accounts.google.com/\"");
        answer.setContentType("application/json; charset=UTF-8");
        answer.getOutputStream().write((error.toJson() + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static final class SingleSlashes extends HttpServletRequestWrapper {
        SingleSlashes(HttpServletRequest request) {
            super(request);
        }

        @Override
        public String getRequestURI() {
            return single(super.getRequestURI());
        }

        @Override
        public StringBuffer getRequestURL() {
            String url = super.getRequestURL().toString();
            int path = url.indexOf('/', url.indexOf("://") + 3);
            return new StringBuffer(url.substring(0, path)).append(single(url.substring(path)));
        }

        @Override
        public String getServletPath() {
            return single(super.getServletPath());
        }

        @Override
        public @Nullable String getPathInfo() {
            String info = super.getPathInfo();
            return info == null ? null : single(info);
        }

        private static String single(String path) {
            return path.replaceAll("/{2,}", "/");
        }
    }
}
