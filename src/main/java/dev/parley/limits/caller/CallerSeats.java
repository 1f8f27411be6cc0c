package dev.parley.limits.caller;

import dev.parley.limits.Admission;
import dev.parley.limits.SessionLease;
import dev.parley.limits.budget.Spending;
import dev.parley.shared.failure.FailureKind;
import dev.parley.shared.settings.ApiKey;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Counts the conversations of each caller, from their place in the line to their end, so that nobody takes all slots.
 * Memory: one number for each caller that has a conversation. Thread safe.
 */
public final class CallerSeats {
    private final Admission admission;
    private final int perCaller;
    private final Map<String, Integer> taken = new ConcurrentHashMap<>();

    /** So many for each caller, of the slots of this admission. */
    public CallerSeats(Admission admission, int perCaller) {
        this.admission = admission;
        this.perCaller = perCaller;
    }

    /** The way in for a conversation of that caller. */
    public Admission of(String caller) {
        return new Seated(caller);
    }

    private boolean take(String caller) {
        boolean[] taking = new boolean[1];
        taken.compute(caller, (name, count) -> {
            int before = count == null ? 0 : count;
            taking[0] = before < perCaller;
            return taking[0] ? Integer.valueOf(before + 1) : count;
        });
        return taking[0];
    }

    private void giveBack(String caller) {
        taken.computeIfPresent(caller, (name, count) -> count > 1 ? count - 1 : null);
    }

    /** A caller's own way to a slot. */
    private final class Seated implements Admission {
        private final String caller;

        Seated(String caller) {
            this.caller = caller;
        }

        @Override
        public Ticket apply(Applicant applicant) {
            if (!take(caller)) {
                applicant.refused(
                        FailureKind.NO_CAPACITY,
                        "You have " + perCaller + (perCaller == 1 ? " conversation" : " conversations")
                                + " already, which is as many as one person may have here. End one, then try again.");
                return () -> {};
            }
            Seat seat = new Seat(caller);
            Ticket ticket = admission.apply(new SeatedApplicant(applicant, seat));
            return () -> {
                ticket.withdraw();
                seat.giveBack();
            };
        }

        @Override
        public Spending spend() {
            return admission.spend();
        }

        @Override
        public void drain() {
            admission.drain();
        }

        @Override
        public void accept() {
            admission.accept();
        }

        @Override
        public boolean isDraining() {
            return admission.isDraining();
        }
    }

    /** Given back once, whichever way the conversation ends. */
    private final class Seat {
        private final String caller;
        private final AtomicBoolean free = new AtomicBoolean();

        Seat(String caller) {
            this.caller = caller;
        }

        void giveBack() {
            if (free.compareAndSet(false, true)) {
                CallerSeats.this.giveBack(caller);
            }
        }
    }

    private record SeatedApplicant(Admission.Applicant applicant, Seat seat) implements Admission.Applicant {
        @Override
        public void granted(SessionLease lease) {
            applicant.granted(new SeatedLease(lease, seat));
        }

        @Override
        public void waiting(int position, int ahead) {
            applicant.waiting(position, ahead);
        }

        @Override
        public void refused(FailureKind kind, String message) {
            seat.giveBack();
            applicant.refused(kind, message);
        }
    }

    private record SeatedLease(SessionLease lease, Seat seat) implements SessionLease {
        @Override
        public ApiKey key() {
            return lease.key();
        }

        @Override
        public void recordAudio(long millis) {
            lease.recordAudio(millis);
        }

        @Override
        public void recordEstimate(long tokens) {
            lease.recordEstimate(tokens);
        }

        @Override
        public void recordUsage(long totalTokens) {
            lease.recordUsage(totalTokens);
        }

        @Override
        public boolean withinTokenBudget() {
            return lease.withinTokenBudget();
        }

        @Override
        public Instant deadline() {
            return lease.deadline();
        }

        @Override
        public void close() {
            seat.giveBack();
            lease.close();
        }
    }
}
