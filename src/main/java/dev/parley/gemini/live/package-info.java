/**
 * The way to a Live API server, as ports: {@link dev.parley.gemini.live.LiveUpstream} dials,
 * {@link dev.parley.gemini.live.LiveConnection} sends, {@link dev.parley.gemini.live.LiveListener} hears
 * {@link dev.parley.gemini.live.LiveEvent}s. What they are made of: {@code gemini.connection} (a connection's life),
 * {@code gemini.tyrus} (the WebSocket client), {@code gemini.protocol} (requests to setups, messages to events),
 * {@code gemini.message} (the wire's words), {@code gemini.settings} (what is configured and allowed),
 * {@code gemini.failure} (what an end means). Knows nothing of browsers, conversations or limits. Callbacks come on the
 * WebSocket client's threads and must hand over at once.
 */
@NullMarked
package dev.parley.gemini.live;

import org.jspecify.annotations.NullMarked;
