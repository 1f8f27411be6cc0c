/**
 * Between the wire's messages and the ports: the setup that a request becomes, and the events that a server message
 * becomes. No I/O; knows no socket.
 */
@NullMarked
package dev.parley.gemini.protocol;

import org.jspecify.annotations.NullMarked;
