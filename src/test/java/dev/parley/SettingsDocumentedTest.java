package dev.parley;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The README's table has every setting that the code reads, and no other; the commented file of settings for operators is
 * made from it. {@code ./mvnw test -Dtest=SettingsDocumentedTest -Dparley.write-properties=true} writes that file anew.
 */
class SettingsDocumentedTest {
    private static final Path PROPERTIES = Path.of("payara-config", "parley.properties");

    private static final Pattern IN_CODE = Pattern.compile("\"(parley\\.[a-z]+\\.[a-z.-]+|GEMINI_API_KEY)\"");
    private static final Pattern IN_TABLE = Pattern.compile("`(parley\\.[a-z]+\\.[a-z.-]+|GEMINI_API_KEY)`");

    @Test
    void every_setting_is_in_the_table_and_the_table_has_no_other() throws IOException {
        Set<String> read = new TreeSet<>();
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            for (Path source :
                    sources.filter(path -> path.toString().endsWith(".java")).toList()) {
                collect(IN_CODE, Files.readString(source), read);
            }
        }
        Set<String> documented = new TreeSet<>();
        Files.readString(Path.of("README.md"))
                .lines()
                .filter(line -> line.startsWith("| `"))
                .forEach(line -> collect(IN_TABLE, line, documented));
        assertTrue(read.size() > 30, () -> "the pattern finds too few: " + read);
        assertEquals(read, documented);
    }

    @Test
    void the_file_of_settings_is_the_table() throws IOException {
        String expected = new CommentedSettings(Files.readString(Path.of("README.md"))).toString();
        if (Boolean.getBoolean("parley.write-properties")) {
            Files.writeString(PROPERTIES, expected);
        }
        assertEquals(
                expected,
                Files.readString(PROPERTIES),
                "The table has changed: ./mvnw test -Dtest=SettingsDocumentedTest -Dparley.write-properties=true writes the file");
    }

    @Test
    void a_default_in_the_table_is_the_one_in_the_code() throws IOException {
        Map<String, String> written = new CommentedSettings(Files.readString(Path.of("README.md"))).defaults();
        Map<String, String> inCode = new TreeMap<>();
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            for (Path source :
                    sources.filter(path -> path.toString().endsWith(".java")).toList()) {
                inCode.putAll(DefaultsInCode.of(Files.readString(source)));
            }
        }
        assertTrue(inCode.size() > 20, () -> "the pattern finds too few: " + inCode);
        Map<String, String> documented = new TreeMap<>(written);
        documented.keySet().retainAll(inCode.keySet());
        assertEquals(inCode, documented);
    }

    private static void collect(Pattern pattern, String text, Set<String> names) {
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
    }
}
