package dev.parley.conversation.flow;

import dev.parley.conversation.event.TokenUsage;
import java.util.Optional;

/** Which turn it is, who is active in it, and what it cost. Confined to the mailbox. */
public final class TurnLedger {
    private int turn = 1;

    /** The model has said something in this turn. */
    private boolean modelActive;

    /** Something was sent that the model has not finished answering. */
    private boolean answerPending;

    private boolean interrupted;
    private TokenUsage ofTurn = TokenUsage.NONE;
    private TokenUsage total = TokenUsage.NONE;

    /** Something of the person left for the upstream. */
    public void personSent() {
        answerPending = true;
    }

    /** The model said something. */
    public void modelSaid() {
        modelActive = true;
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
    }

    /**
     * The turn is over.
     *
     * @return whether it was cut: then what cut it is still to be answered
     */
    public boolean turnOver() {
        boolean cut = interrupted;
        turn++;
        modelActive = false;
        answerPending = cut;
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
        return answerPending || modelActive;
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
