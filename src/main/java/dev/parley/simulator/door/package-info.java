/**
 * The way into the simulator: Google's WebSocket paths, the list of models, and the address at which this server can
 * be reached. Registered only while the simulator is enabled. Called on the container's threads; hands over at once.
 */
@NullMarked
package dev.parley.simulator.door;

import org.jspecify.annotations.NullMarked;
