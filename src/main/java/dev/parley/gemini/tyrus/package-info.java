/**
 * The Tyrus client: dials, sockets, frames, and what has to be known of Tyrus to use it. One {@code ClientManager} on
 * the JDK container serves all connections with at most 16 threads; nothing here blocks them. What a connection goes
 * through is in {@code gemini.connection}. Locks: the queue of dials and each wire have one, no foreign code is called
 * under them.
 */
@NullMarked
package dev.parley.gemini.tyrus;

import org.jspecify.annotations.NullMarked;
