package dev.parley.media.worker.launch;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Starts the worker program from the jars that the build put aside. */
public final class JarLauncher implements WorkerLauncher {
    private final WorkerFiles files;
    private final WorkerSettings settings;
    private final AtomicLong number = new AtomicLong();

    /** Unpacks into the folder for temporary files, for this machine. */
    public JarLauncher(WorkerResources resources, WorkerSettings settings) {
        this(
                new WorkerFiles(
                        resources,
                        Path.of(System.getProperty("java.io.tmpdir")),
                        System.getProperty("os.name"),
                        System.getProperty("os.arch"),
                        WorkerCommand.SHELL),
                settings);
    }

    JarLauncher(WorkerFiles files, WorkerSettings settings) {
        this.files = files;
        this.settings = settings;
    }

    @Override
    public Optional<String> missing() {
        return files.missing();
    }

    @Override
    public WorkerProcess launch() throws IOException {
        WorkerFiles.Unpacked unpacked = files.unpack();
        Path errors = unpacked.folder().resolve("worker-" + number.incrementAndGet() + ".log");
        return WorkerProcess.start(WorkerCommand.of(unpacked, settings), errors);
    }

    @Override
    public void close() {
        files.close();
    }
}
