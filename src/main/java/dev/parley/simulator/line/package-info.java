/**
 * One session's line to its client: frames in order, and timers in the session's serial order.
 */
@NullMarked
package dev.parley.simulator.line;

import org.jspecify.annotations.NullMarked;
