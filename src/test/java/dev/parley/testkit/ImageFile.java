package dev.parley.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The instructions of a {@code Dockerfile}, each on one line, without comments. */
public final class ImageFile {
    private final List<String> instructions;

    private ImageFile(List<String> instructions) {
        this.instructions = instructions;
    }

    /** Reads it. */
    public static ImageFile read(Path file) throws IOException {
        return new ImageFile(Files.readString(file)
                .replaceAll("(?m)^#.*\n", "")
                .replaceAll("\\\\\n\\s*", "")
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList());
    }

    /** Only what makes the image, from the last {@code FROM} on. */
    public ImageFile lastStage() {
        int from = instructions.size() - 1;
        while (!instructions.get(from).startsWith("FROM ")) {
            from--;
        }
        return new ImageFile(instructions.subList(from, instructions.size()));
    }

    /** The names of the instructions, in order. */
    public List<String> names() {
        return instructions.stream()
                .map(line -> line.substring(0, line.indexOf(' ')))
                .toList();
    }

    /** The arguments of every instruction of that name, in order. */
    public List<String> arguments(String name) {
        return instructions.stream()
                .filter(line -> line.startsWith(name + " "))
                .map(line -> line.substring(name.length() + 1).strip())
                .toList();
    }
}
