/**
 * A faithful local Live API: the wire protocol of Google's server, answered by measuring instead of understanding. It
 * is served on this server when no Gemini key is configured, so that everything works before one is; nobody depends on
 * it, since it is only another URL. {@code door} is the way in, {@code session} one connection, {@code turn} the
 * conversation, {@code hearing} and {@code sound} the audio, {@code protocol} and {@code setup} the messages. Sessions
 * run in their own serial order on the container's executor and hold no thread.
 */
@NullMarked
package dev.parley.simulator;

import org.jspecify.annotations.NullMarked;
