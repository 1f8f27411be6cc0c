package dev.parley.simulator.session;

import dev.parley.shared.execution.Timers;
import java.time.Clock;
import java.util.concurrent.Executor;

/**
 * What sessions share.
 *
 * @param clock for expiry and the pace of answers
 * @param timers one-shot timers
 * @param threads where sessions run, each in its own serial order
 * @param resumptions handles of all sessions
 * @param limits bounds of each session
 */
public record Surroundings(
        Clock clock, Timers timers, Executor threads, Resumptions resumptions, SessionLimits limits) {}
