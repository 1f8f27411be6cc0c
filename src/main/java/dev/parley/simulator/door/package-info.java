/**
 * The way into the simulator's Live side: Google's WebSocket paths, and the address at which this server can be
 * reached. Registered only while the simulator is enabled. Called on the container's threads; hands over at once.
 */
@NullMarked
package dev.parley.simulator.door;

import org.jspecify.annotations.NullMarked;
