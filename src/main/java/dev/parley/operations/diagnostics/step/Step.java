package dev.parley.operations.diagnostics.step;

import java.util.Locale;

/**
 * One step that was taken.
 *
 * @param name such as {@code dns}
 * @param title for people
 * @param verdict {@code passed}, {@code failed}, {@code skipped} or {@code cancelled}
 * @param millis how long it took
 * @param words what was seen; of a failure, what to do about it
 */
public record Step(String name, String title, String verdict, long millis, String words) {
    static Step of(StepName name, Verdict verdict, long millis, String words) {
        return new Step(word(name), name.title(), word(verdict), millis, words);
    }

    /** Whether it showed that. */
    public boolean is(Verdict asked) {
        return verdict.equals(word(asked));
    }

    /** In one line of a terminal. */
    public String line() {
        return String.format(
                Locale.ROOT, "%-9s  %6d ms  %s%s", verdict, millis, title, words.isEmpty() ? "" : ": " + words);
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
