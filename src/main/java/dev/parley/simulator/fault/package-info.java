/**
 * Misbehaving on request, wherever it is asked for: the command itself, Google's REST errors in their exact shape, the
 * words that ask for them, and how often each was shown already. What a Live session does with a command is
 * {@code session}'s. Everything but {@link dev.parley.simulator.fault.FaultPlans} is immutable; any thread.
 */
@NullMarked
package dev.parley.simulator.fault;

import org.jspecify.annotations.NullMarked;
