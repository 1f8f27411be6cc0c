package dev.parley.conversation;

import dev.parley.limits.Admission;
import dev.parley.limits.SessionLease;
import dev.parley.shared.failure.FailureKind;
import java.util.function.Consumer;

/** Brings what the limits room answers to the mailbox. */
record SlotApplicant(Consumer<Input> mailbox) implements Admission.Applicant {
    @Override
    public void granted(SessionLease lease) {
        mailbox.accept(new Input.SlotGranted(lease));
    }

    @Override
    public void waiting(int position, int ahead) {
        mailbox.accept(new Input.PlaceInLine(position, ahead));
    }

    @Override
    public void refused(FailureKind kind, String message) {
        mailbox.accept(new Input.SlotRefused(kind, message));
    }
}
