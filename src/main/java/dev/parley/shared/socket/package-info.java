/**
 * What both ends of the house share about WebSockets: a bounded outbound queue with one write in flight, and close
 * reasons that fit a frame. Nothing here knows a message format.
 */
@NullMarked
package dev.parley.shared.socket;

import org.jspecify.annotations.NullMarked;
