package dev.parley.media.worker.launch;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** How a worker is started: this server's own Java, small, and within the limits that a shell can set. */
final class WorkerCommand {
    private static final String PROGRAM = "dev.parley.media.worker.program.WorkerProgram";
    /** Sets the bounds; where it is expected and missing, no worker is started. */
    static final Path SHELL = Path.of("/bin/sh");
    /** More than a JVM with these jars needs; the worker takes the rest before it reads a recording. */
    private static final int OPEN_FILES = 48;
    /** Of 512 bytes: bounds what one writes to standard error, which is a file. */
    private static final int FILE_BLOCKS = 64;

    /** The server looks too, and can say why; this is for when it is gone. */
    private static final int SPARE_SECONDS = 10;

    private static final int HEAP_MEBIBYTES = 32;

    /** What a JVM may need of its surroundings; not the server's keys. */
    private static final List<String> KEPT = List.of("PATH", "LD_LIBRARY_PATH", "SystemRoot", "TMPDIR", "TZ");

    private WorkerCommand() {}

    /** A process that is not started yet. */
    static ProcessBuilder of(WorkerFiles.Unpacked files, WorkerSettings settings) {
        List<String> command = new ArrayList<>();
        boolean limits = Files.isExecutable(SHELL);
        if (limits) {
            command.addAll(List.of(SHELL.toString(), "-c", limits(settings)));
        }
        command.addAll(java(files, limits));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(files.folder().toFile());
        Map<String, String> environment = builder.environment();
        environment.keySet().retainAll(KEPT);
        // Each of glibc's arenas would count as 64 MB.
        environment.put("MALLOC_ARENA_MAX", "1");
        return builder;
    }

    private static String limits(WorkerSettings settings) {
        return "ulimit -c 0; ulimit -f " + FILE_BLOCKS
                + "; ulimit -t " + (settings.cpuTime().toSeconds() + SPARE_SECONDS)
                + "; ulimit -d " + settings.memoryMebibytes() * 1024L
                + "; ulimit -n " + OPEN_FILES + " && exec \"$0\" \"$@\"";
    }

    private static List<String> java(WorkerFiles.Unpacked files, boolean limited) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + HEAP_MEBIBYTES + "m",
                "-Xss512k",
                "-Xshare:auto",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:ReservedCodeCacheSize=16m",
                "-XX:-UsePerfData",
                // The bound on open files is to stay, and its end belongs to us.
                "-XX:-MaxFDLimit",
                // A crash is expected: no core, no report but the lines on standard error.
                "-XX:-CreateCoredumpOnCrash",
                "-XX:ErrorFile=" + (File.separatorChar == '/' ? "/dev/null" : "NUL"),
                "-XX:+DisplayVMOutputToStderr",
                "-Dslf4j.internal.verbosity=ERROR",
                "-Djava.library.path=" + files.folder()));
        if (Runtime.version().feature() >= 22) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        if (limited) {
            command.add("-D" + WorkerProtocol.OPEN_FILES + "=" + OPEN_FILES);
        }
        command.add("-cp");
        command.add(files.classPath().stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
        command.add(PROGRAM);
        return command;
    }
}
