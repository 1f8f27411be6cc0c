/**
 * Threads and time, as ports. Rooms receive an {@link java.util.concurrent.Executor}, a {@link java.time.Clock} and
 * {@link dev.parley.shared.execution.Timers} by constructor; only this room knows the container's managed thread factory,
 * and tests hand in executors and clocks that they drive by hand. No room makes a thread of its own.
 */
@NullMarked
package dev.parley.shared.execution;

import org.jspecify.annotations.NullMarked;
