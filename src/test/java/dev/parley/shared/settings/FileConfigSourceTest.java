package dev.parley.shared.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileConfigSourceTest {
    @TempDir
    private Path directory = Path.of("");

    private final List<String> warnings = new ArrayList<>();

    @Test
    void both_files_are_found_by_the_service_loader_below_the_environment() {
        Map<String, Integer> ordinals = ServiceLoader.load(ConfigSource.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(FileConfigSource.class::isInstance)
                .collect(Collectors.toMap(
                        source -> Path.of(source.getName()).getFileName().toString(), ConfigSource::getOrdinal));
        assertEquals(Map.of(".env", 295, "parley.properties", 250), ordinals);
    }

    @Test
    void a_missing_file_is_an_empty_source() {
        assertEquals(Map.of(), dotEnv().getProperties());
        assertEquals(Map.of(), properties().getProperties());
        assertNull(dotEnv().getValue("parley.gemini.model"));
        assertEquals(List.of(), warnings);
    }

    @Test
    void a_name_of_the_environment_answers_for_the_property() {
        write(
                ".env",
                "PARLEY_GEMINI_MODEL=one\nparley_limits_waiting_room=2\nparley.gemini.voice=three\nGEMINI_API_KEY=k");
        ConfigSource source = dotEnv();
        assertEquals("one", source.getValue("parley.gemini.model"));
        assertEquals("2", source.getValue("parley.limits.waiting-room"));
        assertEquals("three", source.getValue("parley.gemini.voice"));
        assertEquals("k", source.getValue("GEMINI_API_KEY"));
        assertEquals("k", source.getValue("gemini.api.key"));
        assertNull(source.getValue("parley.gemini.modell"));
    }

    @Test
    void the_grammar_of_dot_env_is_understood() {
        write(".env", String.join("\r\n", """
                \uFEFFFIRST=after a byte order mark

                # a comment
                  # another
                export EXPORTED=yes
                export\tTABBED=too
                exportNOT=a name
                SPACED =  in the middle \t
                EMPTY=
                HASH=a#b # comment
                ONLY=# comment
                EQUALS=a=b==
                BACK=C:\\new
                SINGLE='a "b" #c \\n \\' \\\\ ${x}'   # comment
                DOUBLE="a 'b' #c \\n\\t\\" \\\\ \\$ \\q"
                TWICE=1
                TWICE=2
                """.split("\n", -1)));
        Map<String, String> values = dotEnv().getProperties();
        assertEquals(List.of(), warnings);
        assertEquals("after a byte order mark", values.get("FIRST"));
        assertEquals("yes", values.get("EXPORTED"));
        assertEquals("too", values.get("TABBED"));
        assertEquals("a name", values.get("exportNOT"));
        assertEquals("in the middle", values.get("SPACED"));
        assertEquals("", values.get("EMPTY"));
        assertEquals("a#b", values.get("HASH"));
        assertEquals("", values.get("ONLY"));
        assertEquals("a=b==", values.get("EQUALS"));
        assertEquals("C:\\new", values.get("BACK"));
        assertEquals("a \"b\" #c \\n ' \\ ${x}", values.get("SINGLE"));
        assertEquals("a 'b' #c \n\t\" \\ $ \\q", values.get("DOUBLE"));
        assertEquals("2", values.get("TWICE"));
        assertEquals(13, values.size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "s3cret",
                "=s3cret",
                "1A=s3cret",
                "A B=s3cret",
                "A\u00c4=s3cret",
                "A=\"s3cret",
                "A='s3cret",
                "A='s3cret\\'",
                "A=\"s3cret\\",
                "A=\"\"s3cret",
                "A='x'#s3cret",
                "export =s3cret",
                "A=s3cret\u0000"
            })
    void a_malformed_line_costs_itself_and_is_named_by_number_only(String line) {
        write(".env", "BEFORE=1\n" + line + "\nAFTER=2\n");
        assertEquals(Map.of("BEFORE", "1", "AFTER", "2"), dotEnv().getProperties());
        assertEquals(1, warnings.size());
        assertTrue(warnings.get(0).startsWith(".env line 2 "), warnings.get(0));
        assertFalse(warnings.get(0).contains("s3cret"), warnings.get(0));
    }

    @Test
    void properties_are_read_as_java_reads_them() {
        write(
                "parley.properties",
                "\uFEFF# comment \\\na.b = one\nc: \\u0041\\\n   two\r\n! note\nd=\u00e4\\\\\ne f\n\\#g=h");
        assertEquals(
                Map.of("a.b", "one", "c", "Atwo", "d", "\u00e4\\", "e", "f", "#g", "h"),
                properties().getProperties());
        assertNull(properties().getValue("A_B"));
        assertEquals(List.of(), warnings);
    }

    @Test
    void a_malformed_property_costs_itself() {
        write("parley.properties", "a=1\nb=s3cret\\u00zz\\\n  more\nc=3");
        assertEquals(Map.of("a", "1", "c", "3"), properties().getProperties());
        assertEquals(List.of("parley.properties line 2 has a malformed \\u escape; it is left out"), warnings);
    }

    @Test
    void a_line_that_is_not_utf_8_is_left_out() throws IOException {
        Files.write(directory.resolve(".env"), "A=1\nB=s3cr\u00e9t\nC=3".getBytes(StandardCharsets.ISO_8859_1));
        assertEquals(Map.of("A", "1", "C", "3"), dotEnv().getProperties());
        assertEquals(List.of(".env line 2 is not UTF-8 text; it is left out"), warnings);
    }

    @Test
    void a_file_that_is_too_large_is_left_out() {
        write(".env", "A=1\n".repeat(SettingsFile.MAX_BYTES / 4) + "\n");
        assertEquals(Map.of(), dotEnv().getProperties());
        assertTrue(warnings.get(0).contains("larger than"), warnings.get(0));
        write(".env", "A=1\n".repeat(SettingsFile.MAX_BYTES / 4));
        assertEquals(Map.of("A", "1"), dotEnv().getProperties());
    }

    @Test
    void a_directory_of_that_name_is_left_out() throws IOException {
        Files.createDirectory(directory.resolve(".env"));
        assertEquals(Map.of(), dotEnv().getProperties());
        assertEquals(List.of(".env is not a regular file; it is left out"), warnings);
    }

    @Test
    void a_source_prints_its_file_and_no_value() {
        write(".env", "GEMINI_API_KEY=s3cret");
        assertFalse(dotEnv().toString().contains("s3cret"));
        assertTrue(dotEnv().getName().endsWith(".env"));
    }

    private ConfigSource dotEnv() {
        return new DotEnvConfigSource(directory.resolve(".env"), this::warn);
    }

    private ConfigSource properties() {
        return new PropertiesConfigSource(directory.resolve("parley.properties"), this::warn);
    }

    private void warn(Path path, String what) {
        warnings.add(path.getFileName() + " " + what);
    }

    private void write(String name, String text) {
        try {
            Files.writeString(directory.resolve(name), text);
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }
}
