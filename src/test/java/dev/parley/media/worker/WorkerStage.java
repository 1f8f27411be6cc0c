package dev.parley.media.worker;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.parley.media.worker.launch.JarLauncher;
import dev.parley.media.worker.launch.WorkerLauncher;
import dev.parley.media.worker.launch.WorkerProcess;
import dev.parley.media.worker.launch.WorkerResources;
import dev.parley.media.worker.launch.WorkerSettings;
import dev.parley.media.worker.pool.WorkerCounters;
import dev.parley.media.worker.pool.WorkerPool;
import dev.parley.testkit.RealThreads;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A pool with real threads and real processes, and how to count those. */
final class WorkerStage implements AutoCloseable {
    /** Says that it is ready, as the worker's program does. */
    static final String GREETS = "printf 'parley-worker-2\\n'; ";

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    final RealThreads threads = new RealThreads();
    final WorkerCounters counters = new WorkerCounters();
    final WorkerPool pool;

    private WorkerStage(WorkerLauncher launcher, WorkerSettings settings) {
        pool = new WorkerPool(launcher, settings, counters, threads, threads.executor());
    }

    static WorkerSettings settings(int workers, Duration idle) {
        return new WorkerSettings(workers, 256, Duration.ofMinutes(2), Duration.ofMinutes(5), PATIENCE, idle);
    }

    /** Workers as the build made them; skips the test where they cannot run. */
    static WorkerStage real(int workers) {
        // Starting one takes longer than the patience of the tests with fake ones where processors are busy.
        WorkerSettings settings = new WorkerSettings(
                workers,
                256,
                Duration.ofMinutes(2),
                Duration.ofMinutes(5),
                Duration.ofMinutes(2),
                Duration.ofMinutes(5));
        JarLauncher launcher = new JarLauncher(new Folder(), settings);
        launcher.missing().ifPresent(why -> assumeTrue(false, "no worker can run here: " + why));
        return new WorkerStage(launcher, settings);
    }

    /** Shell scripts in place of workers. */
    static WorkerStage scripted(int workers, String script) {
        return scripted(settings(workers, Duration.ZERO), script);
    }

    static WorkerStage scripted(WorkerSettings settings, String script) {
        assumeTrue(new File("/bin/sh").canExecute(), "no /bin/sh here for the scripted workers");
        return new WorkerStage(new Script(script), settings);
    }

    WorkerTranscoder transcoder() {
        return new WorkerTranscoder(() -> pool);
    }

    LiveWorkers live() {
        return new LiveWorkers(() -> pool, Clock.systemUTC(), threads.executor());
    }

    /** Processes of this JVM that are workers, or scripts in their place. */
    static List<ProcessHandle> children() {
        return ProcessHandle.current().children().filter(ProcessHandle::isAlive).toList();
    }

    static Path corpus(String name) {
        try {
            return Path.of(Objects.requireNonNull(WorkerStage.class.getResource("/corpus/" + name), name)
                    .toURI());
        } catch (java.net.URISyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @Override
    public void close() {
        pool.close();
        threads.close();
    }

    /** What the build puts into WEB-INF/worker. */
    static final class Folder implements WorkerResources {
        private final Path folder = Path.of(System.getProperty("parley.worker.folder", "target/worker"));

        @Override
        public Set<String> names() {
            try (Stream<Path> files = Files.isDirectory(folder) ? Files.list(folder) : Stream.empty()) {
                return files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public InputStream open(String name) throws IOException {
            return Files.newInputStream(folder.resolve(name));
        }
    }

    private record Script(String script) implements WorkerLauncher {
        @Override
        public Optional<String> missing() {
            return Optional.empty();
        }

        @Override
        public WorkerProcess launch() throws IOException {
            Path errors = Files.createTempFile("scripted-worker", ".log");
            return WorkerProcess.start(new ProcessBuilder("/bin/sh", "-c", script), errors);
        }

        @Override
        public void close() {
            // nothing was unpacked
        }
    }
}
