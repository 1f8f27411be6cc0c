package dev.parley.operations.desk;

/**
 * One key of the pool; never its value.
 *
 * @param name the operator's
 * @param health {@code ok}, {@code refused}, {@code quota} or {@code unused}
 * @param why in words; empty while all is well
 * @param seenAt when that was seen, ISO 8601
 * @param until when it may be well again, ISO 8601; empty where nobody can tell
 * @param conversations that hold a slot of it on this node
 * @param tokensLastMinute estimates included
 */
public record KeyView(
        String name,
        String health,
        String why,
        String seenAt,
        String until,
        int conversations,
        long tokensLastMinute) {}
