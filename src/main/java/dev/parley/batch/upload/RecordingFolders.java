package dev.parley.batch.upload;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Where recordings lie while they are worked on, each in a folder of its own that only this user can read. Thread safe. */
public final class RecordingFolders implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(RecordingFolders.class.getName());

    private final Path root;
    private final boolean ours;

    /** Folders under {@code configured}, which is made when it is not there, or under a private temporary one. */
    public RecordingFolders(Optional<Path> configured) {
        try {
            ours = configured.isEmpty();
            root = ours
                    ? Files.createTempDirectory("parley-recordings-")
                    : Files.createDirectories(configured.orElseThrow());
        } catch (IOException failure) {
            throw new UncheckedIOException("The folder for recordings cannot be made (parley.batch.folder)", failure);
        }
    }

    /** A new, empty folder. */
    public Folder open() throws IOException {
        return new Folder(Files.createTempDirectory(root, "recording-"));
    }

    /** Deletes the root, when it is a temporary one. */
    @Override
    public void close() {
        if (ours) {
            delete(root);
        }
    }

    /** The folder of one recording; closing deletes it with everything in it. */
    public record Folder(Path path) implements AutoCloseable {
        @Override
        public void close() {
            delete(path);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> walk = Files.walk(folder)) {
            List<Path> deepestFirst = walk.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.deleteIfExists(path);
            }
        } catch (NoSuchFileException ignored) {
            // somebody else was faster
        } catch (IOException | UncheckedIOException failure) {
            LOG.log(System.Logger.Level.WARNING, "A recording could not be deleted: " + folder, failure);
        }
    }
}
