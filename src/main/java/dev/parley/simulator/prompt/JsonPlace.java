package dev.parley.simulator.prompt;

import dev.parley.simulator.fault.GoogleError;
import java.util.ArrayList;
import java.util.List;

/** Where in a JSON text its reader is, by the signs outside quotes. Never fails on what is not JSON. One thread. */
final class JsonPlace {
    private static final int MAX_DEPTH = 100;

    private final List<Level> levels = new ArrayList<>();

    /** An object with the key last read, or a list with the index reached. */
    private static final class Level {
        final boolean list;
        String key = "";
        int index;
        boolean keyNext = true;

        Level(boolean list) {
            this.list = list;
        }
    }

    /** Takes a character outside quotes. */
    void sees(int character) {
        switch (character) {
            case '{', '[' -> {
                if (levels.size() == MAX_DEPTH) {
                    throw GoogleError.invalid("Invalid JSON payload received. Message too deep.");
                }
                levels.add(new Level(character == '['));
            }
            case '}', ']' -> {
                if (!levels.isEmpty()) {
                    levels.remove(levels.size() - 1);
                }
            }
            case ',' -> {
                if (!levels.isEmpty()) {
                    top().index++;
                    top().keyNext = true;
                }
            }
            default -> {
                // colons, blanks, numbers and words
            }
        }
    }

    /** Whether the next text is a member's name. */
    boolean isKey() {
        return !levels.isEmpty() && !top().list && top().keyNext;
    }

    /** The member's name, as written. */
    void key(String name) {
        top().keyNext = false;
        top().key = name;
    }

    /** Whether a value here is the {@code data} of an {@code inlineData}. */
    boolean isInlineData() {
        int size = levels.size();
        if (size < 2 || top().list || levels.get(size - 2).list) {
            return false;
        }
        String holder = levels.get(size - 2).key;
        return top().key.equals("data") && (holder.equals("inlineData") || holder.equals("inline_data"));
    }

    /** As Google shows it: {@code contents[0].parts[1].inline_data.data}. */
    String path() {
        StringBuilder path = new StringBuilder();
        for (Level level : levels) {
            if (level.list) {
                path.append('[').append(level.index).append(']');
            } else {
                path.append(path.length() == 0 ? "" : ".")
                        .append(level.key.equals("inlineData") ? "inline_data" : level.key);
            }
        }
        return path.toString();
    }

    private Level top() {
        return levels.get(levels.size() - 1);
    }
}
