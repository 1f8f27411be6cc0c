package dev.parley.security;

import jakarta.servlet.http.HttpServletRequest;

/** Tells WebSocket handshakes (RFC 6455 §4.1) from other requests. */
public final class Upgrades {
    private Upgrades() {}

    /** Servers disagree on what makes a handshake, so either header does. */
    public static boolean isAsked(HttpServletRequest request) {
        return request.getHeader("Sec-WebSocket-Key") != null || request.getHeader("Upgrade") != null;
    }
}
