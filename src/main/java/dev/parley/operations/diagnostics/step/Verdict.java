package dev.parley.operations.diagnostics.step;

/** What a step showed. */
public enum Verdict {
    /** All is well. */
    PASSED,
    /** Here is the fault; what comes after is not examined. */
    FAILED,
    /** It cannot be examined, or need not be; the next step goes on. */
    SKIPPED,
    /** Nobody wants to know any more. */
    CANCELLED
}
