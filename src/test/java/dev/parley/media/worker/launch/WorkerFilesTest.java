package dev.parley.media.worker.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkerFilesTest {
    private static final Path SHELL = Path.of(System.getProperty("java.home"), "bin", "java");

    @TempDir
    private Path parent;

    private WorkerFiles files(Path shell) {
        return new WorkerFiles(new Jars(), parent, "Linux", "amd64", shell);
    }

    @Test
    void without_a_shell_no_worker_runs_unbounded() {
        Path none = parent.resolve("sh");
        assertEquals(
                Optional.of("it has no " + none + ", which bounds its helper"),
                files(none).missing());
        assertEquals(Optional.empty(), files(SHELL).missing());
        WorkerFiles windows = new WorkerFiles(new Jars(), parent, "Windows 11", "amd64", none);
        assertEquals(Optional.empty(), windows.missing());
    }

    @Test
    void what_was_tidied_away_is_unpacked_again() throws IOException {
        try (WorkerFiles files = files(SHELL)) {
            WorkerFiles.Unpacked first = files.unpack();
            assertEquals(first, files.unpack());
            Files.delete(first.classPath().get(0));
            WorkerFiles.Unpacked second = files.unpack();
            assertNotEquals(first.folder(), second.folder());
            assertFalse(Files.exists(first.folder()));
            for (Path jar : second.classPath()) {
                assertTrue(Files.isRegularFile(jar));
            }
        }
        assertEquals(0, parent.toFile().listFiles().length);
    }

    @Test
    void only_folders_of_dead_servers_are_removed() throws IOException {
        Path outside = Files.createDirectory(parent.resolve("outside"));
        Files.createFile(outside.resolve("lock"));
        Path link = Files.createSymbolicLink(parent.resolve("parley-worker-1-link"), outside);
        Path begun = Files.createDirectory(parent.resolve("parley-worker-1-begun"));
        Path dead = left("parley-worker-1-dead");
        Path alive = left("parley-worker-1-alive");
        try (FileChannel channel = FileChannel.open(alive.resolve("lock"), StandardOpenOption.WRITE);
                FileLock held = channel.lock();
                WorkerFiles other = files(SHELL);
                WorkerFiles files = files(SHELL)) {
            assertTrue(held.isValid());
            Path neighbour = other.unpack().folder();
            files.unpack();
            assertFalse(Files.exists(dead));
            for (Path kept : new Path[] {alive, begun, link, outside.resolve("lock"), neighbour}) {
                assertTrue(Files.exists(kept), kept::toString);
            }
        }
    }

    @Test
    void the_words_of_a_worker_that_nobody_asked_are_deleted() throws IOException {
        Assumptions.assumeTrue(new File("/bin/sh").canExecute(), "no /bin/sh here");
        Path log = parent.resolve("worker-1.log");
        WorkerProcess worker = WorkerProcess.start(new ProcessBuilder("/bin/sh", "-c", "echo words >&2; exit 3"), log);
        CountDownLatch ended = new CountDownLatch(1);
        worker.whenEnded(ended::countDown);
        assertTimeoutPreemptively(Duration.ofMinutes(1), () -> ended.await());
        assertFalse(Files.exists(log));
        assertEquals(new WorkerEnd(3, "words\n"), worker.end());
    }

    private Path left(String name) throws IOException {
        Path folder = Files.createDirectory(parent.resolve(name));
        Files.createFile(folder.resolve("lock"));
        Files.createFile(folder.resolve("a.jar"));
        return folder;
    }

    private static final class Jars implements WorkerResources {
        @Override
        public Set<String> names() {
            return Set.of(
                    "humble-video-noarch.jar",
                    "humble-video-arch-x86_64-pc-linux-gnu6.jar",
                    "humble-video-arch-x86_64-w64-mingw32.jar");
        }

        @Override
        public InputStream open(String name) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
                zip.putNextEntry(new ZipEntry(System.mapLibraryName("humblevideo")));
            } catch (IOException impossible) {
                throw new UncheckedIOException(impossible);
            }
            return new ByteArrayInputStream(bytes.toByteArray());
        }
    }
}
