/**
 * What a client brought with it: the handshake with its credential, and the first message, checked against what its
 * model takes. Immutable; any thread.
 */
@NullMarked
package dev.parley.simulator.setup;

import org.jspecify.annotations.NullMarked;
