package dev.parley.media.worker.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.parley.testkit.ChildJvm;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkerProcessTest {
    @TempDir
    private Path folder;

    /** In a virtual machine of its own: one that has reaped before may use the thread of then. */
    @Test
    void the_thread_that_waits_for_a_process_does_not_hold_the_application() {
        ChildJvm.run(List.of(), Starting.class.getName(), folder.toString());
    }

    /** An application that starts a worker. */
    static final class Starting {
        private Starting() {}

        public static void main(String[] arguments) throws IOException {
            Path errors = Files.createFile(Path.of(arguments[0], "errors.txt"));
            Thread thread = Thread.currentThread();
            try (URLClassLoader application = new URLClassLoader(new URL[0])) {
                thread.setContextClassLoader(application);
                WorkerProcess worker = WorkerProcess.start(
                        new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Waiting.class.getName()),
                        errors);
                assertSame(application, thread.getContextClassLoader());
                List<Thread> reapers = Thread.getAllStackTraces().keySet().stream()
                        .filter(other -> other.getName().startsWith("process reaper"))
                        .toList();
                assertEquals(1, reapers.size());
                assertSame(
                        ClassLoader.getSystemClassLoader(),
                        Objects.requireNonNull(reapers.get(0)).getContextClassLoader());
                worker.end();
            }
        }
    }

    /** Ends with its input. */
    static final class Waiting {
        private Waiting() {}

        public static void main(String[] arguments) throws IOException {
            System.in.transferTo(OutputStream.nullOutputStream());
        }
    }
}
