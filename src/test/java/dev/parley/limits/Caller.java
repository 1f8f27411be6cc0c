package dev.parley.limits;

import dev.parley.shared.failure.FailureKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** An applicant that writes down what it hears, and marks as a FAULT what it must not hear. */
class Caller implements Admission.Applicant {
    final List<String> heard = new ArrayList<>();
    Admission.@Nullable Ticket ticket;

    @Nullable
    SessionLease lease;

    @Nullable
    FailureKind refusal;

    String sentence = "";
    private final AtomicBoolean busy = new AtomicBoolean();
    private int lastPosition = Integer.MAX_VALUE;

    static Caller at(Admission admission) {
        Caller caller = new Caller();
        caller.ticket = admission.apply(caller);
        return caller;
    }

    @Override
    public void granted(SessionLease granted) {
        hear("granted", () -> lease = granted);
    }

    @Override
    public void waiting(int position, int ahead) {
        hear("waiting " + position, () -> {
            expect(position < lastPosition && ahead == position - 1, "moved from " + lastPosition);
            lastPosition = position;
        });
    }

    @Override
    public void refused(FailureKind kind, String message) {
        hear("refused " + kind, () -> {
            refusal = kind;
            sentence = message;
        });
    }

    boolean isSettled() {
        return lease != null || refusal != null;
    }

    SessionLease lease() {
        return Objects.requireNonNull(lease, "no lease, but " + heard);
    }

    void withdraw() {
        Objects.requireNonNull(ticket).withdraw();
    }

    private void hear(String what, Runnable then) {
        expect(!busy.getAndSet(true), "two calls at once");
        expect(!isSettled(), "called after the end");
        heard.add(what);
        then.run();
        busy.set(false);
    }

    /** Written down with the rest, because whoever calls an applicant survives what it throws. */
    private void expect(boolean holds, String fault) {
        if (!holds) {
            heard.add("FAULT " + fault);
        }
    }

    boolean isConsistent() {
        return heard.stream().noneMatch(word -> word.startsWith("FAULT"));
    }
}
