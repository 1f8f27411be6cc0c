/**
 * A faithful local Gemini API, Live and REST: the wire protocol of Google's server, answered by measuring instead of
 * understanding. It is served on this server when no Gemini key is configured, so that everything works before one is;
 * nobody depends on it, since it is only another URL. Live: {@code door} is the way in, {@code session} one connection,
 * {@code turn} the conversation, {@code hearing} and {@code sound} the audio, {@code protocol} and {@code setup} the
 * messages; sessions run in their own serial order on the container's executor and hold no thread. REST: {@code rest}
 * is the way in, {@code prompt} reads, {@code survey} measures, {@code generation} answers, {@code files} keeps what
 * was uploaded. {@code fault} misbehaves for both.
 */
@NullMarked
package dev.parley.simulator;

import org.jspecify.annotations.NullMarked;
