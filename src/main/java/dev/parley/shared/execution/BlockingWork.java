package dev.parley.shared.execution;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.concurrent.Executor;

/**
 * What work that blocks is done on and measured by.
 *
 * @param threads may block
 * @param timers deadlines
 * @param clock for deadlines and reports
 */
@Dependent
public record BlockingWork(Executor threads, Timers timers, Clock clock) {
    /** Of the container. */
    @Inject
    public BlockingWork(@MayBlock Executor threads, Timers timers, Clock clock) {
        this.threads = threads;
        this.timers = timers;
        this.clock = clock;
    }
}
