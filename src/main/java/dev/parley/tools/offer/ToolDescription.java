package dev.parley.tools.offer;

import dev.parley.tools.Scheduling;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a tool is called and does.
 *
 * @param name what the model calls it by, see {@link #isName}
 * @param title what a person reads
 * @param description for the model
 * @param schema JSON Schema of the arguments, an object
 * @param confirm whether the person is asked before each call
 * @param blocking whether the model waits
 * @param scheduling when the model speaks of a result that it did not wait for
 * @param timeLimit how long a call may take; empty: as set for all
 */
public record ToolDescription(
        String name,
        String title,
        String description,
        JsonObject schema,
        boolean confirm,
        boolean blocking,
        Scheduling scheduling,
        Optional<Duration> timeLimit) {
    /** As the Live API allows (FunctionDeclaration.name). */
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.:-]{0,127}");

    /** Whether a tool may be called so: a letter or {@code _}, then letters, digits and {@code _ . : -}, at most 128. */
    public static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    /** A name in words: {@code book_table} and {@code bookTable} are "book table". */
    public static String inWords(String name) {
        return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", " ")
                .replaceAll("[_.:-]+", " ")
                .strip()
                .toLowerCase(Locale.ROOT);
    }

    /** The same tool under another name. */
    ToolDescription renamed(String other) {
        return new ToolDescription(other, title, description, schema, confirm, blocking, scheduling, timeLimit);
    }
}
