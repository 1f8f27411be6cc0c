/**
 * What can be examined: the network on the way, Gemini with the key and the model, a session with text or a voice, and this
 * server's own WebSocket from the outside. Checks block, each for a bounded time, on a thread that may; what they hold they
 * give back whatever happens.
 */
@NullMarked
package dev.parley.operations.diagnostics.check;

import org.jspecify.annotations.NullMarked;
