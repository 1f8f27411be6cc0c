package dev.parley.media.worker.launch;

/**
 * How a process ended.
 *
 * @param exit its exit value; above 128 a signal on POSIX systems; −1 when it did not end in time
 * @param words what it wrote to standard error, the first few thousand characters
 */
public record WorkerEnd(int exit, String words) {
    private static final int LONGEST_WORDS = 600;

    /** Why it refused the recording; empty when it did not say. */
    public String refusal() {
        return words.lines()
                .filter(line -> line.startsWith(WorkerProtocol.REFUSAL))
                .map(line -> line.substring(WorkerProtocol.REFUSAL.length()))
                .findFirst()
                .orElse("");
    }

    /** One line for the log. */
    public String forLog() {
        String line = words.strip().replaceAll("[\\s#]+", " ");
        return "exit value " + exit
                + (line.isEmpty() ? "" : ": " + line.substring(0, Math.min(LONGEST_WORDS, line.length())));
    }
}
