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

/**
 * Learns from requests where this server listens, which the Jakarta APIs tell nowhere else: from then on the upstream
 * can dial the simulator. A plain listener settles it. A secure request tells only the best that is known so far: its
 * certificate may not be trusted here, and behind a proxy that ends TLS the listener does not even speak it. Nothing is
 * learned when the address is configured. Any thread.
 */
@WebFilter(urlPatterns = "/*", asyncSupported = true)
public final class LocalAddressFilter implements Filter {
    private final Object lock = new Object();

    /** Never lowered; written under the lock, so that no secure address comes after the plain one. */
    private volatile boolean settled;

    @Inject
    private Simulator simulator;

    @Inject
    private LiveAddress address;

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        learn(request, simulator, address);
        chain.doFilter(request, response);
    }

    /** Tells the address what a request shows of it, until that is settled. */
    void learn(ServletRequest request, Simulator simulator, LiveAddress address) {
        if (settled) {
            return;
        }
        if (!simulator.isEnabled() || simulator.address().isPresent()) {
            settled = true;
            return;
        }
        boolean secure = request.isSecure();
        URI base = base(
                secure ? "https" : "http",
                request.getLocalAddr(),
                request.getLocalPort(),
                request.getServletContext().getContextPath());
        synchronized (lock) {
            if (!settled) {
                address.useLocal(base);
                settled = !secure;
            }
        }
    }

    /** The address as a URI; IPv6 in brackets, its zone escaped (RFC 6874). */
    static URI base(String scheme, String address, int port, String contextPath) {
        boolean ip6 = address.indexOf(':') >= 0;
        String host = ip6 ? "[" + address.replace("%", "%25") + "]" : address;
        return URI.create(scheme + "://" + host + ":" + port + contextPath);
    }
}
