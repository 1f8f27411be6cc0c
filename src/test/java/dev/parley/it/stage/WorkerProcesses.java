package dev.parley.it.stage;

import java.io.File;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipFile;

/** The workers of the servers that this test run has started, and whether there can be any. */
public final class WorkerProcesses {
    private static final String PROGRAM = "dev.parley.media.worker.program.WorkerProgram";

    private WorkerProcesses() {}

    /** Whether the WAR has Humble Video, for this platform. */
    public static boolean canRun() throws IOException {
        try (ZipFile war = new ZipFile(new File(System.getProperty("parley.war")))) {
            return war.getEntry("WEB-INF/worker/humble-video-noarch.jar") != null
                    && System.getProperty("os.name").equals("Linux")
                    && System.getProperty("os.arch").equals("amd64");
        }
    }

    /**
     * Kills them as an operator, or the system's memory, would; answers how many. Payara Server is no child of the tests:
     * who starts it tells its process.
     */
    public static int killAll() {
        List<ProcessHandle> workers = Stream.of(
                        Stream.of(ProcessHandle.current()),
                        Optional.ofNullable(Long.getLong("parley.it.server.pid")).flatMap(ProcessHandle::of).stream())
                .flatMap(parents -> parents)
                .flatMap(ProcessHandle::descendants)
                .filter(process -> process.info()
                        .commandLine()
                        .or(() -> process.info().command())
                        .orElse("")
                        .contains(PROGRAM))
                .toList();
        workers.forEach(ProcessHandle::destroyForcibly);
        return workers.size();
    }
}
