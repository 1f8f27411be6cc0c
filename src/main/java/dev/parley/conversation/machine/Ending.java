package dev.parley.conversation.machine;

import dev.parley.conversation.event.ConversationState;
import dev.parley.conversation.timing.Finishing;
import dev.parley.shared.failure.FailureKind;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.function.Consumer;

/**
 * How a conversation ends, {@code → DRAINING → CLOSED}: at once, or after the answers that are due. All ways lead
 * through one method, which gives back everything that was handed in, each in its own try, and then tells. Confined to
 * the mailbox.
 */
final class Ending {
    private static final Logger LOG = System.getLogger(Ending.class.getName());

    private final String conversation;
    private final Course course;
    private final Finishing finishing;
    private final List<Runnable> belongings;
    private final List<Farewell> farewells;

    /** The person has asked for the end; their last words may still be on their way. */
    private boolean stopAsked;

    /** Told when everything is given back. */
    @FunctionalInterface
    interface Farewell {
        void ended(FailureKind kind, String reason);
    }

    /**
     * The end of one conversation.
     *
     * @param belongings give back what it holds, in this order
     * @param farewells tell that it is over, in this order
     */
    Ending(
            String conversation,
            Course course,
            Finishing finishing,
            List<Runnable> belongings,
            List<Farewell> farewells) {
        this.conversation = conversation;
        this.course = course;
        this.finishing = finishing;
        this.belongings = belongings;
        this.farewells = farewells;
    }

    /** Whether the person may still say something that counts. */
    boolean isFarOff() {
        return !course.is(ConversationState.DRAINING)
                && !course.is(ConversationState.CLOSED)
                && !stopAsked
                && finishing.reason().isEmpty();
    }

    /**
     * The person wants to finish: what they do from here on does not count any more.
     *
     * @param lastWords sends what they said before, and then runs what it is given
     */
    void stopAsked(Consumer<Runnable> lastWords) {
        if (!isFarOff()) {
            return;
        }
        stopAsked = true;
        if (course.is(ConversationState.NEW) || course.is(ConversationState.WAITING)) { // no slot, no answer
            stop();
        } else {
            lastWords.accept(this::stop);
        }
    }

    /** The person has said their last words, and they have left or are held. */
    void stop() {
        switch (course.state()) {
            case READY -> drain(Finishing.Reason.STOPPED);
            case CONNECTING, RESUMING -> finishing.onceReady(Finishing.Reason.STOPPED);
            case NEW, WAITING -> end(Finishing.Reason.STOPPED);
            case DRAINING, CLOSED -> {
                // the last words may have spent the token budget, and ended it
            }
        }
    }

    /** The upstream is ready: an end that waited for it goes on. */
    void upstreamReady() {
        finishing.reason().ifPresent(this::drain);
    }

    /** Takes nothing more from the client, and lets the answers to what it said arrive. */
    private void drain(Finishing.Reason why) {
        course.become(ConversationState.DRAINING, why.words());
        if (!finishing.afterAnswer(why)) {
            end(why);
        }
    }

    /** The model has begun to answer. */
    void answerBegan() {
        if (course.is(ConversationState.DRAINING)) {
            finishing.answerBegan();
        }
    }

    /** An answer is over; {@code cut} when the person interrupted it. */
    void turnOver(boolean cut) {
        if (course.is(ConversationState.DRAINING) && !finishing.awaitsAnother(cut)) {
            endAsPlanned();
        }
    }

    /** Nothing more can be sent or heard. */
    void sessionEnded(FailureKind kind, String message) {
        if (course.is(ConversationState.DRAINING)) {
            endAsPlanned();
        } else {
            end(kind, message);
        }
    }

    /** The time for one conversation is over: only an answer in progress is waited for. */
    void timeLimit() {
        boolean ready = course.is(ConversationState.READY);
        boolean answering = (ready || course.is(ConversationState.DRAINING)) && finishing.atTimeLimit();
        if (!answering) {
            end(Finishing.Reason.TIME_OVER);
        } else if (ready) {
            course.become(ConversationState.DRAINING, "time limit");
        }
    }

    /** What was waited for has not come. */
    void patienceOver() {
        if (course.is(ConversationState.DRAINING)) {
            endAsPlanned();
        } else {
            end(
                    FailureKind.UPSTREAM_UNAVAILABLE,
                    "Gemini could not be reached in time, so what you said last was not delivered.");
        }
    }

    private void endAsPlanned() {
        finishing.reason().ifPresent(this::end);
    }

    private void end(Finishing.Reason why) {
        end(why.kind(), why.words());
    }

    /** The one way out. */
    void end(FailureKind kind, String reason) {
        if (course.is(ConversationState.CLOSED)) {
            return;
        }
        course.become(ConversationState.CLOSED, kind + ": " + reason);
        belongings.forEach(this::release);
        farewells.forEach(farewell -> release(() -> farewell.ended(kind, reason)));
    }

    private void release(Runnable part) {
        try {
            part.run();
        } catch (RuntimeException | Error failure) { // an Error too: the lease and the rest must be given back
            LOG.log(Level.ERROR, () -> "Conversation " + conversation + " could not give something back", failure);
        }
    }
}
