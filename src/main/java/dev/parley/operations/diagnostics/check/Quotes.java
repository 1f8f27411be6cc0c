package dev.parley.operations.diagnostics.check;

/** Words that were heard, short enough for a line. */
final class Quotes {
    private static final int LONGEST = 60;

    private Quotes() {}

    static String of(String words) {
        String line = words.strip().replaceAll("\\s+", " ");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST - 1) + "…";
    }
}
