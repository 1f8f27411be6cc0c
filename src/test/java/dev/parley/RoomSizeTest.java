package dev.parley;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A class or a package that has grown too large is a sign that a room is missing: find it, do not cut lines. */
class RoomSizeTest {
    private static final Path SOURCES = Path.of("src", "main", "java");
    private static final int MOST_LINES = 250;
    private static final int MOST_CLASSES = 9;

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            List<Path> found = files.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
            assertTrue(found.size() > 100, "only " + found.size() + " sources in " + SOURCES.toAbsolutePath());
            return found;
        }
    }

    @Test
    void no_source_file_is_longer_than_250_lines() throws IOException {
        StringBuilder tooLong = new StringBuilder();
        for (Path file : sources()) {
            int lines = Files.readAllLines(file).size();
            if (lines > MOST_LINES) {
                tooLong.append(SOURCES.relativize(file))
                        .append(" has ")
                        .append(lines)
                        .append(" lines; ");
            }
        }
        assertEquals("", tooLong.toString());
    }

    @Test
    void no_package_has_more_than_nine_classes() throws IOException {
        Map<Path, Long> classes = sources().stream()
                .filter(file -> !file.endsWith("package-info.java"))
                .collect(Collectors.groupingBy(file -> SOURCES.relativize(file).getParent(), Collectors.counting()));
        String tooMany = classes.entrySet().stream()
                .filter(room -> room.getValue() > MOST_CLASSES)
                .map(room -> room.getKey() + " has " + room.getValue() + " classes")
                .sorted()
                .collect(Collectors.joining("; "));
        assertEquals("", tooMany);
    }

    @Test
    void every_package_has_its_label() throws IOException {
        List<Path> unlabelled = sources().stream()
                .map(Path::getParent)
                .distinct()
                .filter(room -> !Files.exists(room.resolve("package-info.java")))
                .toList();
        assertEquals(List.of(), unlabelled);
    }
}
