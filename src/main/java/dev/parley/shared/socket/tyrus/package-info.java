/**
 * What Tyrus, the WebSocket implementation of Payara and of the upstream client, needs to be spared of. Nothing here
 * changes what a session does; on a server with another implementation nothing here does anything.
 */
@NullMarked
package dev.parley.shared.socket.tyrus;

import org.jspecify.annotations.NullMarked;
