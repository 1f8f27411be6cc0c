package dev.parley.limits;

import dev.parley.limits.budget.Spending;
import dev.parley.shared.failure.FailureKind;

/** The way to a conversation slot. */
public interface Admission {
    /**
     * Asks for a slot and returns at once. {@code applicant} hears one of {@code granted} and {@code refused}, with
     * any number of {@code waiting} before it; the first call may come before this returns.
     */
    Ticket apply(Applicant applicant);

    /**
     * Opens an account on the least loaded key, for work that holds no slot. Never waits.
     *
     * @throws dev.parley.shared.failure.ParleyException {@code NO_CAPACITY} when the tokens of the minute are spent on
     *     every key, {@code DRAINING} when nobody gets in any more
     */
    Spending spend();

    /**
     * Lets nobody in any more: who waits, and who comes from now on, is refused as {@link FailureKind#DRAINING}.
     * Conversations that run go on until they end. Idempotent.
     */
    void drain();

    /** After {@link #drain}: lets people in again. Idempotent. */
    void accept();

    /** Whether nobody is let in. */
    boolean isDraining();

    /** Who waits for a slot. Calls may come on any thread, one at a time, and must hand over at once. */
    interface Applicant {
        /** The slot is yours until you close the lease. */
        void granted(SessionLease lease);

        /**
         * The slots are taken.
         *
         * @param position place in the line, 1 is next
         * @param ahead how many are before this one
         */
        void waiting(int position, int ahead);

        /** No slot: the waiting room is full, the wait was too long, or the token budget is spent. */
        void refused(FailureKind kind, String message);
    }

    /** A running application. */
    interface Ticket {
        /**
         * Leaves the line. A lease that is granted at the same moment is still told, and must be closed. Idempotent.
         */
        void withdraw();
    }
}
