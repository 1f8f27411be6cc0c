package dev.parley.simulator.door;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Lets {@code //ws/google.…} reach the endpoint at {@code /ws/…}: Google's JavaScript SDK always doubles the slash
 * when its base URL is set.
 */
@WebFilter(urlPatterns = "/*", asyncSupported = true)
public final class DoubledSlashFilter implements Filter {
    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        boolean doubled = request instanceof HttpServletRequest http
                && http.getRequestURI().contains("//")
                && ServicePath.in(http.getRequestURI()).isPresent();
        chain.doFilter(doubled ? new SingleSlashes((HttpServletRequest) request) : request, response);
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
