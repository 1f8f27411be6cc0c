package dev.parley.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs a program of the test class path in a JVM of its own, for what can only be told to a whole JVM. */
public final class ChildJvm {
    private ChildJvm() {}

    /**
     * Runs it to its end; the program has to see to it that it ends. A status other than 0 is an {@link AssertionError}
     * with all that it wrote.
     *
     * @param options such as {@code -Dname=value}
     */
    public static void run(List<String> options, String mainClass, String... arguments) {
        run(Map.of(), options, mainClass, arguments);
    }

    /** The same with these variables in its environment. */
    public static void run(
            Map<String, String> environment, List<String> options, String mainClass, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), mainClass));
        command.addAll(List.of(arguments));
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.environment().putAll(environment);
            Process process = builder.start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new AssertionError(mainClass + " ended with " + process.exitValue() + ": " + output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
