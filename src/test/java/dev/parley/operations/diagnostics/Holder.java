package dev.parley.operations.diagnostics;

import dev.parley.limits.Admission;
import dev.parley.limits.SessionLease;
import dev.parley.shared.failure.FailureKind;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Somebody who has a slot. */
final class Holder implements Admission.Applicant {
    private @Nullable SessionLease lease;

    static Holder of(Admission admission) {
        Holder holder = new Holder();
        admission.apply(holder);
        return holder;
    }

    SessionLease lease() {
        return Objects.requireNonNull(lease, "no slot was free");
    }

    @Override
    public void granted(SessionLease granted) {
        lease = granted;
    }

    @Override
    public void waiting(int position, int ahead) {
        throw new AssertionError("no slot was free");
    }

    @Override
    public void refused(FailureKind kind, String message) {
        throw new AssertionError(message);
    }
}
