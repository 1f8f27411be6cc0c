package dev.parley.limits;

import dev.parley.shared.failure.FailureKind;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Who waits, first come, first served. Only this class and {@link NodeAdmission} call applicants, so what one of them
 * throws is caught here. Not thread safe: lives in the serial order of the admission.
 */
final class WaitingLine {
    private static final System.Logger LOG = System.getLogger(WaitingLine.class.getName());

    private final ArrayDeque<Place> places = new ArrayDeque<>();

    /** One applicant; left by being granted, refused or withdrawn. */
    static final class Place {
        private final Admission.Applicant applicant;
        private final Instant joined;

        /** The last position told; 0 before the first. */
        private int told;

        Place(Admission.Applicant applicant, Instant joined) {
            this.applicant = applicant;
            this.joined = joined;
        }

        /** False when the applicant failed: then it cannot be counted on to close the lease. */
        boolean grant(SessionLease lease) {
            return tell(hearer -> hearer.granted(lease));
        }

        void refuse(FailureKind kind, String message) {
            tell(hearer -> hearer.refused(kind, message));
        }

        private void tellPosition(int position) {
            if (told != position) {
                told = position;
                tell(hearer -> hearer.waiting(position, position - 1));
            }
        }

        private boolean tell(Consumer<Admission.Applicant> news) {
            try {
                news.accept(applicant);
                return true;
            } catch (RuntimeException | Error failure) {
                LOG.log(System.Logger.Level.ERROR, "An applicant for a conversation failed to hear", failure);
                return false;
            }
        }
    }

    void join(Place place) {
        places.add(place);
    }

    /** False when it is not in the line any more. */
    boolean leave(Place place) {
        return places.remove(place);
    }

    @Nullable
    Place pollFirst() {
        return places.pollFirst();
    }

    boolean isEmpty() {
        return places.isEmpty();
    }

    int length() {
        return places.size();
    }

    /** Since when the first waits; nobody waits longer. */
    Optional<Instant> firstJoined() {
        return Optional.ofNullable(places.peekFirst()).map(place -> place.joined);
    }

    /** Refuses those who have waited since {@code moment} or longer; answers how many. */
    int refuseWaitingSince(Instant moment, String message) {
        return refuse(place -> !place.joined.isAfter(moment), FailureKind.NO_CAPACITY, message);
    }

    /** Refuses who came last until no more than {@code room} wait; answers how many. */
    int refuseBeyond(long room, String message) {
        int refused = 0;
        while (places.size() > room) {
            places.removeLast().refuse(FailureKind.NO_CAPACITY, message);
            refused++;
        }
        return refused;
    }

    /** Refuses everybody; answers how many. */
    int refuseAll(FailureKind kind, String message) {
        return refuse(place -> true, kind, message);
    }

    /** Tells each its place, when that has changed. */
    void tellPositions() {
        int position = 0;
        for (Place place : places) {
            position++;
            place.tellPosition(position);
        }
    }

    /** From the front while the condition holds. */
    private int refuse(Predicate<Place> condition, FailureKind kind, String message) {
        int refused = 0;
        for (Iterator<Place> all = places.iterator(); all.hasNext(); ) {
            Place place = all.next();
            if (!condition.test(place)) {
                break;
            }
            all.remove();
            place.refuse(kind, message);
            refused++;
        }
        return refused;
    }
}
