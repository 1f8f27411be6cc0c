package dev.parley.media.worker.launch;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One running worker. Any thread; reading, writing and {@link #end} wait, the rest does not. */
public final class WorkerProcess {
    private static final int MOST_WORDS = 4_096;
    private static final long END_SECONDS = 5;

    private final Process process;
    private final Path errors;
    private final Object lock = new Object();

    /** Read once, at the end. */
    @GuardedBy("lock")
    private @Nullable String words;

    private WorkerProcess(Process process, Path errors) {
        this.process = process;
        this.errors = errors;
    }

    /**
     * Starts a process.
     *
     * @param errors a file for its standard error, deleted with {@link #end}, or before {@link #whenEnded} tells
     */
    public static WorkerProcess start(ProcessBuilder command, Path errors) throws IOException {
        Thread thread = Thread.currentThread();
        ClassLoader application = thread.getContextClassLoader();
        // The JDK may make its "process reaper" here, which is kept for the processes of whoever comes next, and would
        // hold this application's classes for as long (java.lang.ProcessHandleImpl).
        thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
        try {
            return new WorkerProcess(command.redirectError(errors.toFile()).start(), errors);
        } finally {
            thread.setContextClassLoader(application);
        }
    }

    /** Its standard input, unbuffered enough: flush what must arrive. */
    public OutputStream input() {
        return process.getOutputStream();
    }

    /** Its standard output. */
    public InputStream output() {
        return process.getInputStream();
    }

    /** For finding it among the system's processes. */
    public long pid() {
        return process.pid();
    }

    /** Whether it runs. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Processor time so far; zero where the system does not tell. */
    public Duration cpuTime() {
        return process.toHandle().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** Calls {@code then} once it has ended, on a thread of the JDK: it must return at once. */
    @SuppressWarnings("FutureReturnValueIgnored") // an end is always told, and then must not throw
    public void whenEnded(Runnable then) {
        process.onExit().whenComplete((ended, failure) -> {
            words(); // of one that was never asked for nobody waits for the end
            then.run();
        });
    }

    /** Ends it without asking. */
    public void kill() {
        process.destroyForcibly();
    }

    /** Waits a few seconds for its end, and tells it; afterwards its words are gone. */
    public WorkerEnd end() {
        int exit = -1;
        try {
            if (process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                exit = process.exitValue();
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
        return new WorkerEnd(exit, words());
    }

    private String words() {
        synchronized (lock) {
            String known = words;
            if (known == null) {
                known = takeWords();
                words = known;
            }
            return known;
        }
    }

    private String takeWords() {
        try (InputStream in = Files.newInputStream(errors)) {
            String words = new String(in.readNBytes(MOST_WORDS), StandardCharsets.UTF_8);
            Files.deleteIfExists(errors);
            return words;
        } catch (IOException none) {
            return "";
        }
    }
}
