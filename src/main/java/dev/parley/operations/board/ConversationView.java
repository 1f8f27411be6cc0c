package dev.parley.operations.board;

import java.util.List;

/**
 * A conversation that is not over.
 *
 * @param id names it in logs too
 * @param caller who signed in; empty where nobody does
 * @param model who answers; empty before the upstream is ready
 * @param key the operator's name of the key; empty likewise
 * @param state such as {@code READY}, see {@code ConversationState}
 * @param why what brought it into this state, in words
 * @param ageSeconds since its client connected
 * @param inStateSeconds since it is in this state
 * @param turns spoken answers so far
 * @param handOvers how often its upstream connection was replaced
 * @param tokens as the upstream reported them
 * @param latenciesMillis of the last answers, oldest first: from the end of what the person said until the answer was heard, or
 *     came where the client does not tell
 */
public record ConversationView(
        String id,
        String caller,
        String model,
        String key,
        String state,
        String why,
        long ageSeconds,
        long inStateSeconds,
        int turns,
        int handOvers,
        long tokens,
        List<Long> latenciesMillis) {
    /** Copies the latencies. */
    public ConversationView {
        latenciesMillis = List.copyOf(latenciesMillis);
    }
}
