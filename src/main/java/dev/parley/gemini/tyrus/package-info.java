/**
 * The Live connection over the Tyrus client: dialling, setup, one writer over a bounded queue, server messages as
 * {@link dev.parley.gemini.live.LiveEvent}s in order. One Tyrus {@code ClientManager} on the JDK container serves all
 * connections with at most 16 threads; nothing here blocks them. Locks: each connection's state, its event delivery and
 * its wire have one each, no foreign code is called under any of them.
 */
@NullMarked
package dev.parley.gemini.tyrus;

import org.jspecify.annotations.NullMarked;
