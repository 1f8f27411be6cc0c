package dev.parley.simulator.door;

import dev.parley.gemini.settings.LiveAddress;
import dev.parley.simulator.Simulator;
import jakarta.inject.Inject;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.annotation.WebFilter;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Learns from the first request where this server listens, which the Jakarta APIs tell nowhere else: from then on the
 * upstream can dial the simulator.
 */
@WebFilter(urlPatterns = "/*", asyncSupported = true)
public final class LocalAddressFilter implements Filter {
    private final AtomicBoolean told = new AtomicBoolean();

    @Inject
    private Simulator simulator;

    @Inject
    private LiveAddress address;

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!told.get() && simulator.isEnabled() && told.compareAndSet(false, true)) {
            address.useLocal(base(
                    request.getScheme(),
                    request.getLocalAddr(),
                    request.getLocalPort(),
                    request.getServletContext().getContextPath()));
        }
        chain.doFilter(request, response);
    }

    /** The address as a URI; IPv6 in brackets, its zone escaped (RFC 6874). */
    static URI base(String scheme, String address, int port, String contextPath) {
        boolean ip6 = address.indexOf(':') >= 0;
        String host = ip6 ? "[" + address.replace("%", "%25") + "]" : address;
        return URI.create(scheme + "://" + host + ":" + port + contextPath);
    }
}
