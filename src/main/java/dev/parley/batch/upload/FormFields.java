package dev.parley.batch.upload;

import dev.parley.shared.failure.FailureKind;
import dev.parley.shared.failure.ParleyException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * What a client says beside the recording, checked as it comes. One thread.
 */
public final class FormFields {
    private static final int LONGEST_PROMPT = 32_000;
    private static final Set<String> NAMES = Set.of("model", "prompt", "language");
    private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8}){0,4}");

    private final Consumer<String> modelCheck;
    private final Map<String, String> values = new HashMap<>();

    /** No fields yet; {@code modelCheck} throws for a model that is none. */
    public FormFields(Consumer<String> modelCheck) {
        this.modelCheck = modelCheck;
    }

    static boolean isKnown(String name) {
        return NAMES.contains(name);
    }

    /**
     * Takes a field; a blank value counts as absent, since forms send empty fields.
     *
     * @throws ParleyException {@code BAD_MESSAGE} for a value that cannot be
     */
    public void put(String name, String value) {
        String given = value.strip();
        if (!isKnown(name) || given.isEmpty()) {
            return;
        }
        switch (name) {
            case "model" -> modelCheck.accept(given);
            case "language" ->
                check(LANGUAGE.matcher(given).matches(), "\"language\" must be a language tag such as en-US (BCP 47)");
            default ->
                check(
                        given.length() <= LONGEST_PROMPT,
                        "\"prompt\" may be " + LONGEST_PROMPT + " characters long, but has " + given.length());
        }
        check(values.putIfAbsent(name, given) == null, "\"" + name + "\" is there twice; send it once");
    }

    /** A field's value. */
    public Optional<String> get(String name) {
        return Optional.ofNullable(values.get(name));
    }

    private static void check(boolean holds, String sentence) {
        if (!holds) {
            throw new ParleyException(FailureKind.BAD_MESSAGE, sentence);
        }
    }
}
