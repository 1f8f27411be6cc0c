package dev.parley.limits.budget;

import dev.parley.shared.settings.ApiKey;

/** Spending on a key of this node's pool. Thread safe. */
final class KeySpending implements Spending {
    private final ApiKey key;
    private final TokenBudget budget;
    private final TokenBudget.Account account;
    private final Runnable onRoom;

    /** An account on a budget; {@code onRoom} runs when a report leaves a spent budget with room again. */
    KeySpending(ApiKey key, TokenBudget budget, Runnable onRoom) {
        this.key = key;
        this.budget = budget;
        this.account = budget.open();
        this.onRoom = onRoom;
    }

    @Override
    public ApiKey key() {
        return key;
    }

    @Override
    public void recordAudio(long millis) {
        account.addAudio(millis);
    }

    @Override
    public void recordEstimate(long tokens) {
        account.addTokens(tokens);
    }

    @Override
    public void recordUsage(long totalTokens) {
        if (account.report(totalTokens)) {
            onRoom.run();
        }
    }

    @Override
    public boolean withinTokenBudget() {
        return budget.hasRoom();
    }
}
