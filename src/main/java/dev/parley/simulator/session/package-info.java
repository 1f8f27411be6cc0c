/**
 * One simulated Live API session from handshake to close, its resumption handles, and the faults a client may ask for.
 * Driven through {@link dev.parley.shared.socket.Wire}, {@link dev.parley.shared.execution.Timers} and an executor, so
 * it needs no socket. Each session runs in its own serial order and holds no thread.
 */
@NullMarked
package dev.parley.simulator.session;

import org.jspecify.annotations.NullMarked;
