package dev.parley.simulator.fault;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One command to misbehave: {@code [after SECONDS] WORD [NUMBER] [TEXT]}. Written as the text
 * {@code /simulate WORD …}, as a line of the system instruction in the same form, or in the key as
 * {@code simulate:WORD:…;WORD:…}.
 *
 * @param after how long to wait first
 * @param word what to do, in lower case
 * @param number absent when none was given
 * @param text the rest; of a command, 200 characters count
 */
public record FaultCommand(Duration after, String word, OptionalDouble number, String text) {
    private static final String PREFIX = "/simulate";
    private static final double MOST = 100_000;
    private static final int MAX_COMMANDS = 20;
    /** Characters of a command: what it says is kept, and repeated to the client. */
    private static final int MAX_LENGTH = 200;

    /** The command that a written text is, if it is one. */
    public static Optional<FaultCommand> in(String text) {
        String stripped = text.strip();
        boolean command = stripped.startsWith(PREFIX)
                && (stripped.length() == PREFIX.length() || Character.isWhitespace(stripped.charAt(PREFIX.length())));
        return command ? Optional.of(parse(stripped.substring(PREFIX.length()))) : Optional.empty();
    }

    /** The commands among the lines of a system instruction, and those of a key. */
    public static List<FaultCommand> in(String instruction, List<String> keyCommands) {
        List<FaultCommand> commands = new ArrayList<>();
        keyCommands.stream()
                .filter(command -> !command.isBlank())
                .map(FaultCommand::parse)
                .forEach(commands::add);
        instruction.lines().map(FaultCommand::in).flatMap(Optional::stream).forEach(commands::add);
        return commands.subList(0, Math.min(MAX_COMMANDS, commands.size()));
    }

    /** Reads a command without its prefix. */
    public static FaultCommand parse(String command) {
        String stripped = command.strip();
        String[] words = stripped.substring(0, Math.min(MAX_LENGTH, stripped.length()))
                .strip()
                .split("\\s+", -1);
        int at = 0;
        Duration after = Duration.ZERO;
        if (words.length > 2
                && words[0].equalsIgnoreCase("after")
                && number(words[1]).isPresent()) {
            after = Duration.ofMillis((long) (1000 * number(words[1]).getAsDouble()));
            at = 2;
        }
        String word = words[at].toLowerCase(Locale.ROOT);
        at++;
        OptionalDouble number = at < words.length ? number(words[at]) : OptionalDouble.empty();
        if (number.isPresent()) {
            at++;
        }
        return new FaultCommand(
                after, word, number, String.join(" ", List.of(words).subList(at, words.length)));
    }

    /** The number as seconds. */
    public Duration seconds(double absent) {
        return Duration.ofMillis((long) (1000 * number.orElse(absent)));
    }

    /** The number as a count. */
    public int count(int absent) {
        return (int) number.orElse(absent);
    }

    /** The same without its wait. */
    public FaultCommand now() {
        return new FaultCommand(Duration.ZERO, word, number, text);
    }

    private static OptionalDouble number(String word) {
        if (!word.matches("\\d{1,6}(\\.\\d{1,3})?")) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(Math.min(MOST, Double.parseDouble(word)));
    }
}
