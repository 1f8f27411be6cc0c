/**
 * Who may come in: origins of browsers, for WebSockets and for requests that change something. Servlet filters, because
 * only they run before a WebSocket upgrade, unchanged, on every server. Knows no conversation and no protocol.
 */
@NullMarked
package dev.parley.security;

import org.jspecify.annotations.NullMarked;
