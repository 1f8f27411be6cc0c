/**
 * The life of one Live connection, whichever WebSocket client carries it: dialling, setup, one writer over a bounded
 * queue, every way to the end, events to the listener in order. {@link dev.parley.gemini.connection.Line} is what a
 * client has to give ({@code gemini.tyrus}). Told of by the dial's thread, the client's threads, timers and the caller;
 * each connection has one lock for its state, one for its timers and one for its event delivery, none is taken inside
 * another, and no foreign code is called under any of them.
 */
@NullMarked
package dev.parley.gemini.connection;

import org.jspecify.annotations.NullMarked;
