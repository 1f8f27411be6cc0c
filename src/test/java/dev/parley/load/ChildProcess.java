package dev.parley.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A JVM that is watched from outside through Linux' {@code /proc} and the JDK's {@code jcmd}. */
final class ChildProcess implements AutoCloseable {
    // USER_HZ is 100 on every Linux that a JDK runs on.
    private static final long MILLIS_PER_TICK = 10;

    private final Process process;

    ChildProcess(Process process) {
        this.process = process;
    }

    /** The program of that name in the JDK that runs this. */
    static String jdkProgram(String name) {
        return Path.of(System.getProperty("java.home"), "bin", name).toString();
    }

    Process process() {
        return process;
    }

    /** User and system time so far. */
    long cpuMillis() {
        return cpuMillis(process.pid());
    }

    /** User and system time of any process so far. */
    static long cpuMillis(long pid) {
        String stat = read(Path.of("/proc", Long.toString(pid), "stat"));
        // The name in brackets may hold spaces; the third field follows it.
        List<String> fields =
                List.of(stat.substring(stat.lastIndexOf(')') + 2).strip().split(" ", -1));
        return (Long.parseLong(fields.get(11)) + Long.parseLong(fields.get(12))) * MILLIS_PER_TICK;
    }

    int threads() {
        return (int) status("Threads:");
    }

    long residentKilobytes() {
        return status("VmRSS:");
    }

    /** Bytes of all live objects, after a full collection. */
    long liveHeapBytes() {
        String last = "";
        for (String line : jcmd("GC.class_histogram").lines().toList()) {
            last = line.startsWith("Total") ? line : last;
        }
        if (last.isEmpty()) {
            throw new IllegalStateException("jcmd GC.class_histogram told no total");
        }
        return Long.parseLong(last.substring(last.lastIndexOf(' ') + 1));
    }

    private String jcmd(String command) {
        try {
            Process jcmd = new ProcessBuilder(jdkProgram("jcmd"), Long.toString(process.pid()), command)
                    .redirectErrorStream(true)
                    .start();
            return new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("The heap is measured with jcmd: run the tool on a JDK", e);
        }
    }

    private long status(String name) {
        return read(Path.of("/proc", Long.toString(process.pid()), "status"))
                .lines()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(name.length()).replace("kB", "").strip())
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElseThrow();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("The load tool reads /proc and needs Linux; the process may have died", e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
