package dev.parley.conversation.timing;

import dev.parley.conversation.ledger.TurnLedger;
import dev.parley.shared.failure.FailureKind;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Ending a conversation without cutting the last answer: remembers why it ends, and says how long the answer in
 * progress, or one that may still begin, is waited for. Confined to the mailbox.
 */
public final class Finishing {
    private static final Duration ANSWER_ENDS_WITHIN = Duration.ofSeconds(30);

    /** A stop that came before the upstream was ready waits this long for it. */
    private static final Duration UPSTREAM_READY_WITHIN = Duration.ofSeconds(10);

    /** An answer in progress may pass the time limit by this: with the close, less than five seconds. */
    private static final Duration GRACE_AFTER_TIME_LIMIT = Duration.ofMillis(4500);

    private final Moments moments;
    private final TurnLedger turns;
    private @Nullable Reason reason;

    /** Why a conversation ends. */
    public record Reason(FailureKind kind, String words) {
        /** The client asked for it. */
        public static final Reason STOPPED = new Reason(FailureKind.NORMAL, "You ended the conversation.");
        /** The deadline of the lease. */
        public static final Reason TIME_OVER =
                new Reason(FailureKind.TIME_LIMIT, "The time for one conversation is over. You may start another one.");
    }

    /** No end is planned. */
    public Finishing(Moments moments, TurnLedger turns) {
        this.moments = moments;
        this.turns = turns;
    }

    /** Why it ends, once that is planned: from then on nothing more is taken from the client. */
    public Optional<Reason> reason() {
        return Optional.ofNullable(reason);
    }

    /** The client stopped before the upstream was ready: what it said is sent as soon as it is. */
    public void onceReady(Reason why) {
        reason = why;
        moments.await(Moment.DRAIN_LIMIT, UPSTREAM_READY_WITHIN);
    }

    /** The last words have been sent; false when there is nothing to wait for. */
    public boolean afterAnswer(Reason why) {
        reason = why;
        if (turns.answerPending()) {
            moments.await(
                    Moment.DRAIN_LIMIT, turns.modelActive() ? ANSWER_ENDS_WITHIN : QuietMoment.ANSWER_BEGINS_WITHIN);
            return true;
        }
        return false;
    }

    /** The model has begun: its answer may take its time. */
    public void answerBegan() {
        if (reason != null && reason.kind != FailureKind.TIME_LIMIT) {
            moments.await(Moment.DRAIN_LIMIT, ANSWER_ENDS_WITHIN);
        }
    }

    /**
     * An answer is over.
     *
     * @param cut by the person's words, which may still be answered
     * @return whether another one is waited for; after the time limit, only one that the last words were to get
     */
    public boolean awaitsAnother(boolean cut) {
        if (reason != null && reason.kind == FailureKind.TIME_LIMIT) {
            return cut;
        }
        if (turns.answerPending()) {
            moments.await(Moment.DRAIN_LIMIT, QuietMoment.ANSWER_BEGINS_WITHIN);
            return true;
        }
        return false;
    }

    /** The time limit has come; false when no answer is in progress. */
    public boolean atTimeLimit() {
        if (turns.modelActive()) {
            reason = Reason.TIME_OVER;
            moments.await(Moment.DRAIN_LIMIT, GRACE_AFTER_TIME_LIMIT);
            return true;
        }
        return false;
    }
}
