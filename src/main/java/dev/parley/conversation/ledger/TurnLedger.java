package dev.parley.conversation.ledger;

import dev.parley.conversation.event.TokenUsage;
import java.util.Optional;
import java.util.function.Consumer;

/** Which turn it is, who is active in it, and what it cost. Confined to the mailbox. */
public final class TurnLedger {
    private final TurnTimes times;
    private final Consumer<TokenUsage> spent;
    private int turn = 1;

    /** The model has said something in this turn. */
    private boolean modelActive;

    /**
     * Things said that no finished answer can be counted for. What is said while an answer is given is answered after
     * it, unless it cuts it; where one answer takes two of them along, the count stays too high, never too low.
     */
    private int unanswered;

    /** The person's audio belongs to one stretch of speech that is counted already. */
    private boolean speaking;

    private boolean interrupted;
    private TokenUsage ofTurn = TokenUsage.NONE;
    private TokenUsage total = TokenUsage.NONE;

    /**
     * The first turn.
     *
     * @param times told of ends
     * @param spent told of each report of tokens
     */
    TurnLedger(TurnTimes times, Consumer<TokenUsage> spent) {
        this.times = times;
        this.spent = spent;
    }

    /** Audio of the person left for the upstream: one thing said, up to a text, a mark or the beginning of an answer. */
    public void personSpoke() {
        if (!speaking) {
            speaking = true;
            unanswered++;
        }
    }

    /** A text of the person left for the upstream. */
    public void personTyped() {
        speaking = false;
        unanswered++;
        times.said(0);
    }

    /** The answer to a call that the model did not wait for has left: it will speak of it. */
    public void toolAnswered() {
        unanswered++;
    }

    /** The person marked the end of what they say. */
    public void personPaused() {
        speaking = false;
    }

    /** The model said something. */
    public void modelSaid() {
        modelActive = true;
        speaking = false;
    }

    /** The person cut in. */
    public void interrupted() {
        interrupted = true;
        modelActive = false;
    }

    /** Counts tokens. */
    public void used(TokenUsage usage) {
        ofTurn = ofTurn.plus(usage);
        total = total.plus(usage);
        spent.accept(usage);
    }

    /**
     * The turn is over.
     *
     * @return whether it was cut: then what cut it is still to be answered
     */
    public boolean turnOver() {
        boolean cut = interrupted;
        times.turnOver();
        turn++;
        modelActive = false;
        unanswered = Math.max(cut ? 1 : 0, unanswered - 1);
        interrupted = false;
        ofTurn = TokenUsage.NONE;
        return cut;
    }

    /** Number of the turn that is running, from 1. */
    public int turn() {
        return turn;
    }

    /** Whether an answer is in progress. */
    public boolean modelActive() {
        return modelActive;
    }

    /** Whether an answer is in progress or may still begin. */
    public boolean answerPending() {
        return unanswered > 0 || modelActive;
    }

    /** What this turn cost so far, when that was told. */
    public Optional<TokenUsage> usageOfTurn() {
        return ofTurn.equals(TokenUsage.NONE) ? Optional.empty() : Optional.of(ofTurn);
    }

    /** What the conversation cost so far. */
    public TokenUsage total() {
        return total;
    }
}
