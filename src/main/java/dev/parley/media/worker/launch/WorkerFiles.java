package dev.parley.media.worker.launch;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A worker's class path and native library in a private folder: 105 MB, made when the first worker is needed, so that a
 * worker has nothing to unpack itself. Any thread; only the first call of {@link #unpack} waits long.
 */
final class WorkerFiles implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(WorkerFiles.class.getName());
    private static final String FOLDER = "parley-worker-";
    private static final String NATIVES = "humble-video-arch-";
    private static final String LIBRARY = "humblevideo";

    private final WorkerResources resources;
    private final Path parent;
    private final String platform;
    private final Object lock = new Object();

    @GuardedBy("lock")
    private @Nullable Unpacked unpacked;

    /**
     * Where the files are.
     *
     * @param folder private; a worker's working directory
     */
    record Unpacked(Path folder, List<Path> classPath) {}

    /** Unpacks into a new folder of {@code parent}. */
    WorkerFiles(WorkerResources resources, Path parent, String osName, String osArch) {
        this.resources = resources;
        this.parent = parent;
        this.platform = osName + " " + osArch;
    }

    /** Completes "cannot be decoded on this server: …" when no worker can run; does not wait. */
    Optional<String> missing() {
        if (!resources.names().contains("humble-video-noarch.jar")) {
            return Optional.of("it was built without Humble Video");
        }
        if (!resources.names().contains(nativeJar())) {
            return Optional.of("it has no Humble Video for its platform (" + platform + ")");
        }
        return Optional.empty();
    }

    Unpacked unpack() throws IOException {
        synchronized (lock) {
            Unpacked known = unpacked;
            if (known == null) {
                removeThoseOfDeadServers();
                Path folder = Files.createTempDirectory(
                        parent, FOLDER + ProcessHandle.current().pid() + "-");
                // First, so that what a failure leaves behind is removed with the rest.
                known = new Unpacked(folder, fill(folder));
                unpacked = known;
            }
            return known;
        }
    }

    @Override
    public void close() {
        synchronized (lock) {
            if (unpacked != null) {
                remove(unpacked.folder());
                unpacked = null;
            }
        }
    }

    private List<Path> fill(Path folder) throws IOException {
        boolean whole = false;
        try {
            List<Path> classPath = new ArrayList<>();
            for (String name : resources.names()) {
                if (name.endsWith(".jar") && !name.startsWith(NATIVES)) {
                    Path jar = folder.resolve(Path.of(name).getFileName());
                    try (InputStream in = resources.open(name)) {
                        Files.copy(in, jar);
                    }
                    classPath.add(jar);
                }
            }
            extractLibrary(folder);
            whole = true;
            return List.copyOf(classPath);
        } finally {
            if (!whole) {
                remove(folder);
            }
        }
    }

    private void extractLibrary(Path folder) throws IOException {
        String library = System.mapLibraryName(LIBRARY);
        try (ZipInputStream jar = new ZipInputStream(resources.open(nativeJar()))) {
            for (ZipEntry entry = jar.getNextEntry(); entry != null; entry = jar.getNextEntry()) {
                if (entry.getName().equals(library)) {
                    Files.copy(jar, folder.resolve(library));
                    return;
                }
            }
        }
        throw new FileNotFoundException(library + " in " + nativeJar());
    }

    private String nativeJar() {
        String system = platform.startsWith("Linux ")
                ? "pc-linux-gnu6"
                : platform.startsWith("Windows ")
                        ? "w64-mingw32"
                        : platform.startsWith("Mac ") ? "apple-darwin18" : "unknown";
        String processor = platform.endsWith(" amd64") || platform.endsWith(" x86_64") ? "x86_64" : "unknown";
        return NATIVES + processor + "-" + system + ".jar";
    }

    /** A server that was killed could not tidy up. */
    private void removeThoseOfDeadServers() {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(parent, FOLDER + "*")) {
            for (Path folder : left) {
                String pid = folder.getFileName().toString().replaceAll("^" + FOLDER + "([0-9]{1,10})-.*$", "$1");
                if (pid.matches("[0-9]+")
                        && ProcessHandle.of(Long.parseLong(pid)).isEmpty()) {
                    remove(folder);
                }
            }
        } catch (IOException unreadable) {
            LOG.log(System.Logger.Level.DEBUG, "Old worker folders could not be looked for", unreadable);
        }
    }

    private static void remove(Path folder) {
        try (Stream<Path> content = Files.list(folder)) {
            for (Path file : content.toList()) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(folder);
        } catch (IOException | UncheckedIOException busy) {
            LOG.log(System.Logger.Level.DEBUG, "A worker folder could not be removed: " + folder, busy);
        }
    }
}
