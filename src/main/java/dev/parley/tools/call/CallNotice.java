package dev.parley.tools.call;

import java.time.Duration;

/**
 * Where a call stands, for the person.
 *
 * @param number of the call in this conversation, from 1
 * @param name of the tool
 * @param title of the tool, in words
 * @param state where it stands
 * @param arguments while asking: what it would be called with, in words
 * @param decideWithin while asking: for how long the answer is waited for; otherwise zero
 */
public record CallNotice(long number, String name, String title, State state, String arguments, Duration decideWithin) {
    /** Where a call can stand; the last four are ends. */
    public enum State {
        /** The person is asked whether it may run. */
        ASKING,
        /** It runs. */
        CALLED,
        /** It has a result. */
        DONE,
        /** It has none. */
        FAILED,
        /** The person did not allow it. */
        REFUSED,
        /** The model does not want it any more. */
        CANCELLED
    }
}
