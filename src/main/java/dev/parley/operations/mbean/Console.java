package dev.parley.operations.mbean;

import dev.parley.shared.failure.ParleyException;
import java.util.function.Supplier;

/** What all MBeans have in common. */
final class Console {
    /** Who operates, for the log: JMX tells no more. */
    static final String OPERATOR = "someone at a JMX console";

    private Console() {}

    /** A failure whose class a console knows too. */
    static <T> T call(Supplier<T> action) {
        try {
            return action.get();
        } catch (ParleyException failure) {
            throw new IllegalArgumentException(failure.getMessage());
        }
    }
}
