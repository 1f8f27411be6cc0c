package dev.parley.operations.mbean.contract;

/** {@code dev.parley:type=Diagnostics}. */
public interface DiagnosticsMXBean {
    /** Makes the diagnosis {@code text}, {@code audio} or {@code live}; answers a line for each step, in a minute and a half at most. */
    String[] run(String diagnosis);

    /** Gives up the one under way; false when there is none. */
    boolean cancel();

    /** The lines of the one under way, or of the last. */
    String[] getLast();
}
