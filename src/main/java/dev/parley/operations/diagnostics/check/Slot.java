package dev.parley.operations.diagnostics.check;

import dev.parley.limits.Admission;
import dev.parley.limits.SessionLease;
import dev.parley.operations.diagnostics.step.Examination;
import dev.parley.operations.diagnostics.step.Fault;
import dev.parley.operations.diagnostics.step.Finding;
import dev.parley.shared.failure.FailureKind;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks for a slot as a conversation does, but does not stand in line for it. */
final class Slot implements Admission.Applicant {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final CompletableFuture<SessionLease> answer = new CompletableFuture<>();

    private Slot() {}

    /** A lease, which the caller closes. */
    static Finding<SessionLease> take(Admission admission, Examination examination) throws Fault {
        Slot slot = new Slot();
        Admission.Ticket ticket = admission.apply(slot);
        try {
            SessionLease lease = slot.answer.get(examination.patience(PATIENCE).toMillis(), TimeUnit.MILLISECONDS);
            return Finding.passed(lease, "Key \"" + lease.key().name() + "\".");
        } catch (ExecutionException refused) {
            Throwable cause = refused.getCause();
            throw new Fault(String.valueOf(cause == null ? "" : cause.getMessage()), refused);
        } catch (TimeoutException late) {
            throw new Fault("Nobody says whether a slot is free. Check the database that keeps them.", late);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            throw new CancellationException();
        } finally {
            if (!slot.answer.isDone() || slot.answer.isCompletedExceptionally()) {
                slot.answer.cancel(false); // a slot that comes after all is given back
                ticket.withdraw();
            }
        }
    }

    @Override
    public void granted(SessionLease lease) {
        if (!answer.complete(lease)) {
            lease.close();
        }
    }

    @Override
    public void waiting(int position, int ahead) {
        answer.completeExceptionally(new Fault("All slots are taken, and a diagnosis takes nobody's place. End a"
                + " conversation, raise sessions-per-key, or try again later."));
    }

    @Override
    public void refused(FailureKind kind, String message) {
        answer.completeExceptionally(new Fault(
                kind == FailureKind.DRAINING
                        ? "This node is drained and lets nobody in, a diagnosis included. Call the drain off first."
                        : message));
    }
}
