package dev.parley.operations.diagnostics;

import dev.parley.operations.diagnostics.step.Step;
import java.util.List;

/**
 * A diagnosis that is over, or under way.
 *
 * @param diagnosis {@code text}, {@code audio} or {@code live}
 * @param at when it began, ISO 8601
 * @param verdict {@code running}, {@code passed}, {@code failed} or {@code cancelled}
 * @param millis how long it has taken
 * @param steps those taken so far
 */
public record Report(String diagnosis, String at, String verdict, long millis, List<Step> steps) {
    /** Copies the steps. */
    public Report {
        steps = List.copyOf(steps);
    }
}
