package dev.parley.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.impl.driver.Driver;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Checks and tests the page's modules with the Node that Playwright's driver carries and the TypeScript that Maven
 * fetched, so that a machine needs neither.
 */
class PageSourcesIT {
    private static final Path TESTS = Path.of("src/test/javascript");
    private static final Path TYPESCRIPT_JAR = Path.of("target/it/typescript.jar");
    private static final Pattern COUNT = Pattern.compile("^# (tests|pass) (\\d+)$", Pattern.MULTILINE);

    @TempDir
    private Path folder;

    @Test
    void the_modules_hold_their_declared_types() throws Exception {
        Path compiler = unpackTypeScript();

        Outcome outcome = node(List.of(
                compiler.toString(), "--project", TESTS.resolve("jsconfig.json").toString(), "--pretty", "false"));

        assertEquals(0, outcome.exitCode(), outcome.output());
    }

    @Test
    void the_unit_tests_of_the_modules_pass() throws Exception {
        List<String> arguments = new ArrayList<>(List.of("--test", "--test-reporter=tap"));
        try (Stream<Path> files = Files.walk(TESTS)) {
            files.map(Path::toString)
                    .filter(name -> name.endsWith(".test.js"))
                    .sorted()
                    .forEach(arguments::add);
        }
        assertTrue(arguments.size() > 2, "No tests in " + TESTS);

        Outcome outcome = node(arguments);

        assertEquals(0, outcome.exitCode(), outcome.output());
        Matcher count = COUNT.matcher(outcome.output());
        assertTrue(count.find(), outcome.output());
        assertFalse(count.group(2).equals("0"), outcome.output());
    }

    private record Outcome(int exitCode, String output) {}

    private static Outcome node(List<String> arguments) throws Exception {
        Path driver = Driver.ensureDriverInstalled(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"), false)
                .driverDir();
        Path node = driver.resolve("node.exe");
        List<String> command = new ArrayList<>();
        command.add((Files.exists(node) ? node : driver.resolve("node")).toString());
        command.addAll(arguments);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        // Read beside the wait: a process whose output nobody takes stands still.
        CompletableFuture<String> output = CompletableFuture.supplyAsync(() -> readAll(process.getInputStream()));
        boolean ended = process.waitFor(3, TimeUnit.MINUTES);
        if (!ended) {
            process.destroyForcibly();
        }
        String text = output.get(10, TimeUnit.SECONDS);
        assertTrue(ended, "Node did not end within three minutes: " + text);
        return new Outcome(process.exitValue(), text);
    }

    private static String readAll(InputStream stream) {
        try {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            return failure.toString();
        }
    }

    private Path unpackTypeScript() throws IOException {
        assertTrue(Files.exists(TYPESCRIPT_JAR), TYPESCRIPT_JAR + " is missing: run `./mvnw verify`, which fetches it");
        try (JarFile jar = new JarFile(TYPESCRIPT_JAR.toFile())) {
            var entries = jar.stream()
                    .filter(entry ->
                            entry.getName().matches("META-INF/resources/webjars/typescript/[^/]+/lib/[^/]+\\.(js|ts)"))
                    .toList();
            for (var entry : entries) {
                try (InputStream content = jar.getInputStream(entry)) {
                    Files.copy(content, folder.resolve(Path.of(entry.getName()).getFileName()));
                }
            }
        }
        return folder.resolve("tsc.js");
    }
}
