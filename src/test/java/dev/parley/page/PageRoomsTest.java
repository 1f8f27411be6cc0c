package dev.parley.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rooms of the page are as small as those of the server, labelled, and use lower floors only. */
class PageRoomsTest {
    private static final Path APP = Path.of("src/main/webapp/app");
    private static final Path TESTS = Path.of("src/test/javascript");
    private static final Path ARCHITECTURE = Path.of("docs/architecture.md");
    private static final int LONGEST_FILE = 250;
    private static final int MOST_FILES = 9;

    /** From the top; rooms beside each other do not know each other. */
    private static final List<List<String>> FLOORS = List.of(
            List.of("main.js", "admin"),
            List.of("view"),
            List.of("conversation", "recording"),
            List.of("audio", "sight", "transport"),
            List.of("shared"));

    private static final Pattern IMPORT = Pattern.compile("(?:from |import\\()'(\\.[^']+\\.js)'");

    @Test
    void no_file_is_longer_than_a_class_may_be() throws IOException {
        for (Path file : files(APP, TESTS)) {
            int lines = Files.readAllLines(file).size();
            assertTrue(lines <= LONGEST_FILE, file + " has " + lines + " lines: a room is missing");
        }
    }

    @Test
    void no_room_has_more_files_than_a_package_may_have() throws IOException {
        Map<Path, Integer> rooms = new TreeMap<>();
        files(APP, TESTS).forEach(file -> rooms.merge(file.resolveSibling(""), 1, Integer::sum));
        assertTrue(rooms.size() > 10, () -> "These are not the rooms of the page: " + rooms);
        rooms.forEach((room, count) ->
                assertTrue(count <= MOST_FILES, () -> room + " has " + count + " files: a room is missing"));
    }

    @Test
    void every_file_begins_with_what_it_is_for() throws IOException {
        for (Path file : files(APP)) {
            assertTrue(Files.readString(file).startsWith("// "), () -> file + " begins without its label");
        }
    }

    @Test
    void every_room_is_in_the_description_of_the_house() throws IOException {
        String house = Files.readString(ARCHITECTURE);
        for (Path file : files(APP)) {
            Path room = APP.relativize(file.resolveSibling(""));
            if (room.getNameCount() > 0 && !room.toString().isEmpty()) {
                String name = "`" + room.toString().replace('\\', '/') + "`";
                assertTrue(house.contains(name), () -> ARCHITECTURE + " does not name the room " + name);
            }
        }
    }

    @Test
    void rooms_use_lower_floors_only() throws IOException {
        for (Path file : files(APP)) {
            String room = roomOf(file);
            for (String used : imports(file)) {
                assertTrue(
                        used.equals(room) || floorOf(used) > floorOf(room),
                        () -> file + " uses " + used + ", which is not below " + room);
            }
        }
    }

    @Test
    void an_import_is_found_in_code_and_in_types() {
        String source = "import { a } from '../x/a.js';\n/** @param {import('./b.js').B} b */\nimport('https://c.js')";
        assertEquals(
                List.of("../x/a.js", "./b.js"),
                IMPORT.matcher(source).results().map(found -> found.group(1)).toList());
    }

    private static List<String> imports(Path file) throws IOException {
        return IMPORT.matcher(Files.readString(file))
                .results()
                .map(found -> roomOf(file.resolveSibling(found.group(1)).normalize()))
                .toList();
    }

    private static String roomOf(Path file) {
        return APP.relativize(file).getName(0).toString();
    }

    private static int floorOf(String room) {
        for (int floor = 0; floor < FLOORS.size(); floor++) {
            if (FLOORS.get(floor).contains(room)) {
                return floor;
            }
        }
        throw new AssertionError("On which floor of the page is " + room + "?");
    }

    private static List<Path> files(Path... roots) throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path root : roots) {
            try (Stream<Path> all = Files.walk(root)) {
                all.filter(file -> file.toString().endsWith(".js")).forEach(files::add);
            }
        }
        return files;
    }
}
