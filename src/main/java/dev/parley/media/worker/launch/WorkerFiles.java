package dev.parley.media.worker.launch;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.parley.media.worker.launch.folder.FolderLock;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
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
    private final Path shell;
    private final Object lock = new Object();

    @GuardedBy("lock")
    private @Nullable Unpacked unpacked;

    @GuardedBy("lock")
    private @Nullable FolderLock held;

    /**
     * Where the files are.
     *
     * @param folder private; a worker's working directory
     */
    record Unpacked(Path folder, List<Path> classPath) {
        /** Whoever tidies up the system's temporary files may have taken them away. */
        private boolean isWhole() {
            return Files.isRegularFile(folder.resolve(System.mapLibraryName(LIBRARY)))
                    && classPath.stream().allMatch(Files::isRegularFile);
        }
    }

    /**
     * Unpacks into a new folder of {@code parent}.
     *
     * @param shell what workers are bounded with, where that is possible
     */
    WorkerFiles(WorkerResources resources, Path parent, String osName, String osArch, Path shell) {
        this.resources = resources;
        this.parent = parent;
        this.platform = osName + " " + osArch;
        this.shell = shell;
    }

    /** Completes "cannot be decoded on this server: …" when no worker can run; does not wait. */
    Optional<String> missing() {
        if (!resources.names().contains("humble-video-noarch.jar")) {
            return Optional.of("it was built without Humble Video");
        }
        if (!resources.names().contains(nativeJar())) {
            return Optional.of("it has no Humble Video for its platform (" + platform + ")");
        }
        if (!platform.startsWith("Windows ") && !Files.isExecutable(shell)) {
            return Optional.of("it has no " + shell + ", which bounds its helper");
        }
        return Optional.empty();
    }

    Unpacked unpack() throws IOException {
        synchronized (lock) {
            Unpacked known = unpacked;
            if (known == null || !known.isWhole()) {
                close();
                FolderLock made = FolderLock.create(parent, FOLDER);
                known = new Unpacked(made.folder(), fill(made));
                held = made;
                unpacked = known;
                FolderLock.dead(parent, FOLDER, made).forEach(WorkerFiles::remove);
            }
            return known;
        }
    }

    @Override
    public void close() {
        synchronized (lock) {
            unpacked = null;
            if (held != null) {
                remove(held);
                held = null;
            }
        }
    }

    private List<Path> fill(FolderLock made) throws IOException {
        Path folder = made.folder();
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
                remove(made);
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

    private static void remove(FolderLock held) {
        try (held;
                Stream<Path> content = Files.list(held.folder())) {
            for (Path file : content.toList()) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(held.folder());
        } catch (IOException | UncheckedIOException busy) {
            LOG.log(System.Logger.Level.DEBUG, "A worker folder could not be removed: " + held.folder(), busy);
        }
    }
}
