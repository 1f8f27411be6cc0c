package dev.parley.conversation;

import dev.parley.shared.execution.Timers;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.concurrent.Executor;

/**
 * What moves conversations on.
 *
 * @param threads runs mailboxes
 * @param timers deadlines
 * @param clock for deadlines and reports
 */
@Dependent
record Clockwork(Executor threads, Timers timers, Clock clock) {
    @Inject
    Clockwork {}
}
