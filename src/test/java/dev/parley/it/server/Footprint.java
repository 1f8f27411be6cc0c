package dev.parley.it.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a running server holds. Class loaders of Parley are counted by the living constants of one of its enums, after a
 * collection of garbage; timers are tasks that wait in any scheduler.
 *
 * @param openFiles -1 where the system does not tell
 */
public record Footprint(
        int threads, int classLoaders, int workers, int mBeans, int timers, int openFiles, List<String> threadNames) {
    /** An enum that is loaded with the application. */
    private static final String PROBE = "dev.parley.shared.failure.FailureKind";

    private static final String TIMER = "java.util.concurrent.ScheduledThreadPoolExecutor$ScheduledFutureTask";
    /** The JDK keeps one for each that is registered. */
    private static final String MBEAN = "com.sun.jmx.mbeanserver.NamedObject";

    private static final Pattern ROW = Pattern.compile("\\s*\\d+:\\s+(\\d+)\\s+\\d+\\s+(\\S+).*");

    /** Looks at a server, with a full collection. */
    public static Footprint of(ProcessHandle server) {
        String histogram = jcmd(server, "GC.class_histogram");
        List<Matcher> rows =
                histogram.lines().map(ROW::matcher).filter(Matcher::matches).toList();
        List<String> threads = jcmd(server, "Thread.print")
                .lines()
                .filter(line -> line.startsWith("\""))
                .map(line -> line.substring(1, line.lastIndexOf('"')))
                .sorted()
                .toList();
        return new Footprint(
                threads.size(),
                (int) rows.stream().filter(row -> row.group(2).equals(PROBE)).count(),
                (int) server.descendants().count(),
                instances(rows, MBEAN),
                instances(rows, TIMER),
                openFiles(server),
                threads);
    }

    private static int instances(List<Matcher> rows, String type) {
        return rows.stream()
                .filter(row -> row.group(2).equals(type))
                .mapToInt(row -> Integer.parseInt(row.group(1)))
                .sum();
    }

    /** Whether neither applications' classes nor timers are more than they were. */
    public boolean hasNoMoreClassesThan(Footprint before) {
        return classLoaders <= before.classLoaders && timers <= before.timers;
    }

    /** Whether threads, processes, MBeans and open files are no more than they were. */
    public boolean isNoMoreThan(Footprint before) {
        return threads <= before.threads
                && workers <= before.workers
                && mBeans <= before.mBeans
                && openFiles <= before.openFiles;
    }

    /** The counts in one line. */
    @Override
    public String toString() {
        return threads + " threads, " + classLoaders + " class loaders, " + workers + " workers, " + mBeans
                + " MBeans, " + timers + " timers, " + openFiles + " open files";
    }

    private static int openFiles(ProcessHandle server) {
        try (Stream<Path> open = Files.list(Path.of("/proc", "" + server.pid(), "fd"))) {
            return (int) open.count();
        } catch (IOException unknown) {
            return -1;
        }
    }

    private static String jcmd(ProcessHandle server, String command) {
        try {
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "jcmd")
                                    .toString(),
                            "" + server.pid(),
                            command)
                    .redirectErrorStream(true)
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
                throw new IllegalStateException("jcmd failed: " + said);
            }
            return said;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(hurried);
        }
    }
}
