/**
 * One Live API connection: dialling, setup, one writer over a bounded queue, every server message as a
 * {@link dev.parley.gemini.live.LiveEvent}, every close as a failure that a person can act on. Speaks the wire through
 * {@code gemini.message}; knows nothing of browsers, conversations or limits. Callbacks come on the WebSocket client's
 * threads and must hand over at once.
 */
@NullMarked
package dev.parley.gemini.live;

import org.jspecify.annotations.NullMarked;
