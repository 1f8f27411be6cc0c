package dev.parley.operations.diagnostics.step;

/**
 * What a check found that did not fail.
 *
 * @param value for the steps after it
 * @param verdict passed or skipped
 * @param words what was seen
 */
public record Finding<T>(T value, Verdict verdict, String words) {
    /** It is well. */
    public static <T> Finding<T> passed(T value, String words) {
        return new Finding<>(value, Verdict.PASSED, words);
    }

    /** It cannot be told. */
    public static <T> Finding<T> skipped(T value, String words) {
        return new Finding<>(value, Verdict.SKIPPED, words);
    }
}
