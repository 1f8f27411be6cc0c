package dev.parley.simulator.generation;

import dev.parley.simulator.fault.FaultCommand;
import dev.parley.simulator.fault.RestFault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The commands of one request, sorted: those that make it fail so many times, and those that change every answer. */
record Wishes(List<FaultCommand> commands) {
    /** The connection ends in the middle of the answer. */
    static final String DROP = "drop";

    /** What is no JSON comes in the middle of the answer. */
    static final String GARBAGE = "garbage";

    private static final Duration LONGEST = Duration.ofMinutes(10);

    List<FaultCommand> failures() {
        return commands.stream()
                .filter(command -> command.word().equals(DROP)
                        || command.word().equals(GARBAGE)
                        || RestFault.named(command.word()).isPresent())
                .toList();
    }

    /** Whether an answer shall be changed in this way. */
    boolean has(String word) {
        return find(word).isPresent();
    }

    /** Seconds asked for with this word; none without it, {@code absent} without a number. */
    Duration seconds(String word, double absent) {
        return find(word).map(command -> bounded(command.seconds(absent))).orElse(Duration.ZERO);
    }

    static Duration bounded(Duration duration) {
        return duration.compareTo(LONGEST) > 0 ? LONGEST : duration;
    }

    private Optional<FaultCommand> find(String word) {
        return commands.stream().filter(command -> command.word().equals(word)).findFirst();
    }
}
