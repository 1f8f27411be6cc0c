package dev.parley.media.worker.launch.folder;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.UserPrincipal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A private folder that belongs to one server for as long as that server holds a lock in it. The system gives the lock
 * back when the server dies however that happens, in a container too, where every server has the same process id.
 */
public final class FolderLock implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(FolderLock.class.getName());
    private static final String FILE = "lock";

    /** Tells this server from all others, also from those that had its process id before. */
    private static final String SERVER = ProcessHandle.current().pid()
            + "-"
            + ProcessHandle.current()
                    .info()
                    .startInstant()
                    .map(Instant::toEpochMilli)
                    .orElse(0L)
            + "-";

    private final Path folder;
    private final FileChannel channel;

    private FolderLock(Path folder, FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    /** Makes a folder of its own in {@code parent}. */
    public static FolderLock create(Path parent, String prefix) throws IOException {
        Path folder = Files.createTempDirectory(parent, prefix + SERVER);
        FolderLock made = take(folder, StandardOpenOption.CREATE_NEW);
        if (made == null) {
            throw new IOException("a new file is locked by somebody else: " + folder.resolve(FILE));
        }
        return made;
    }

    /**
     * Takes over folders that were made here by this user's servers, and are nobody's now. What is no folder of its
     * own, has no lock file yet or belongs to somebody else is left alone.
     */
    public static List<FolderLock> dead(Path parent, String prefix, FolderLock own) {
        List<FolderLock> dead = new ArrayList<>();
        try (DirectoryStream<Path> left = Files.newDirectoryStream(parent, prefix + "*")) {
            UserPrincipal owner = Files.getOwner(own.folder, LinkOption.NOFOLLOW_LINKS);
            for (Path folder : left) {
                // A look at one of this very server would give its lock back: on Unix, closing any channel of a file
                // does.
                boolean candidate = !folder.getFileName().toString().startsWith(prefix + SERVER)
                        && Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                        && Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS).equals(owner)
                        && Files.isRegularFile(folder.resolve(FILE), LinkOption.NOFOLLOW_LINKS);
                FolderLock taken = candidate ? takeIfFree(folder) : null;
                if (taken != null) {
                    dead.add(taken);
                }
            }
        } catch (IOException unreadable) {
            LOG.log(System.Logger.Level.DEBUG, "Old folders could not be looked for", unreadable);
        }
        return dead;
    }

    /** Where it is. */
    public Path folder() {
        return folder;
    }

    /** Gives the folder up. */
    @Override
    public void close() throws IOException {
        channel.close();
    }

    private static @Nullable FolderLock takeIfFree(Path folder) {
        try {
            return take(folder, LinkOption.NOFOLLOW_LINKS);
        } catch (IOException unreadable) {
            return null;
        }
    }

    private static @Nullable FolderLock take(Path folder, OpenOption option) throws IOException {
        FileChannel channel = FileChannel.open(folder.resolve(FILE), StandardOpenOption.WRITE, option);
        boolean locked = false;
        try {
            locked = channel.tryLock() != null;
        } catch (OverlappingFileLockException ofThisServer) {
            LOG.log(System.Logger.Level.DEBUG, "In use: {0}", folder);
        } finally {
            if (!locked) {
                channel.close();
            }
        }
        return locked ? new FolderLock(folder, channel) : null;
    }
}
