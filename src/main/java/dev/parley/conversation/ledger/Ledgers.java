package dev.parley.conversation.ledger;

import dev.parley.conversation.event.TokenUsage;
import java.util.function.Consumer;

/**
 * What both sides write down.
 *
 * @param turns which turn it is, and who owes an answer
 * @param times how long an answer takes
 * @param transcript what was said and heard
 */
public record Ledgers(TurnLedger turns, TurnTimes times, Transcript transcript) {
    /**
     * Nothing said yet.
     *
     * @param spent told of each report of tokens
     */
    public Ledgers(TurnTimes times, Consumer<TokenUsage> spent) {
        this(new TurnLedger(times, spent), times, new Transcript());
    }
}
