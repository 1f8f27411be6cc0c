package dev.parley.conversation.ledger;

/**
 * What both sides write down.
 *
 * @param turns which turn it is, and who owes an answer
 * @param transcript what was said and heard
 */
public record Ledgers(TurnLedger turns, Transcript transcript) {
    /** Nothing said yet. */
    public Ledgers() {
        this(new TurnLedger(), new Transcript());
    }
}
