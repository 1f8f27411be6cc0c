package dev.parley.operations.board;

/**
 * A conversation that did not end as it should have.
 *
 * @param at when, ISO 8601
 * @param conversation its id
 * @param caller who signed in; empty where nobody does
 * @param model who was to answer; empty when it never came to that
 * @param key the operator's name of the key; empty when there never was a slot
 * @param kind such as {@code UPSTREAM_REFUSED}, see {@code FailureKind}
 * @param fault who has to act, such as {@code OPERATOR}, see {@code FailureKind.Fault}
 * @param words why, as its person was told
 * @param afterSeconds how long it had lasted
 */
public record FailureView(
        String at,
        String conversation,
        String caller,
        String model,
        String key,
        String kind,
        String fault,
        String words,
        long afterSeconds) {}
