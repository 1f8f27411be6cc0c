package dev.parley.conversation.timing;

import dev.parley.shared.execution.Timers;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/** The moments a conversation waits for, at most one of each kind. Confined to the mailbox. */
public final class Moments implements AutoCloseable {
    private final Timers timers;
    private final Arrival arrival;
    private final Map<Moment, Appointment> waiting = new EnumMap<>(Moment.class);
    private long appointments;

    private record Appointment(long number, Timers.Timer timer) {}

    /** Told on the timers' thread. */
    @FunctionalInterface
    public interface Arrival {
        /** Hand over at once to the mailbox, and {@link Moments#take} it there. */
        void arrived(Moment moment, long appointment);
    }

    /** Waits for nothing yet. */
    public Moments(Timers timers, Arrival arrival) {
        this.timers = timers;
        this.arrival = arrival;
    }

    /** Waits for {@code moment}, {@code delay} from now, instead of an earlier appointment with it. */
    public void await(Moment moment, Duration delay) {
        cancel(moment);
        long number = ++appointments;
        Duration due = delay.isNegative() ? Duration.ZERO : delay;
        waiting.put(moment, new Appointment(number, timers.schedule(due, () -> arrival.arrived(moment, number))));
    }

    /** Ends the appointment; false when it was cancelled or replaced after it had fallen due. */
    public boolean take(Moment moment, long appointment) {
        Appointment waited = waiting.get(moment);
        if (waited == null || waited.number != appointment) {
            return false;
        }
        waiting.remove(moment);
        return true;
    }

    /** Does not wait for {@code moment} any more. */
    public void cancel(Moment moment) {
        Appointment cancelled = waiting.remove(moment);
        if (cancelled != null) {
            cancelled.timer.cancel();
        }
    }

    @Override
    public void close() {
        waiting.values().forEach(appointment -> appointment.timer.cancel());
        waiting.clear();
    }
}
