package dev.parley.security;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;

/** Tells WebSocket handshakes (RFC 6455 §4.1) from other requests. */
public final class Upgrades {
    /** HTTP/2 without TLS, which Java's own client asks for with its first request (RFC 7540 §3.2): the request stays what it is. */
    private static final String HTTP_2 = "h2c";

    private Upgrades() {}

    /** Servers disagree on what makes a handshake, so either header does. */
    public static boolean isAsked(HttpServletRequest request) {
        return request.getHeader("Sec-WebSocket-Key") != null
                || Collections.list(request.getHeaders("Upgrade")).stream()
                        .anyMatch(protocol -> !protocol.strip().equalsIgnoreCase(HTTP_2));
    }
}
