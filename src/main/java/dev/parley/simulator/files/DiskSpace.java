package dev.parley.simulator.files;

import dev.parley.simulator.fault.GoogleError;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A temporary folder that only this user can read, with a bound on what lies in it; made at the first need, deleted
 * with everything in it when the application stops. Overflow policy: what lies there longest and is not being worked on
 * goes ({@link #whenFull}); what does not fit even then is refused with 429. Any thread that may block.
 */
@ApplicationScoped
public class DiskSpace {
    /** Of everything together: uploads, and what requests in progress brought along or need decoded. */
    static final long BOUND_BYTES = 2L << 30;

    private static final Logger LOG = System.getLogger(DiskSpace.class.getName());
    private static final Duration TRY_AGAIN = Duration.ofSeconds(60);

    private final long bound;
    private final AtomicLong used = new AtomicLong();
    private final AtomicLong names = new AtomicLong();
    private final Object lock = new Object();
    private volatile BooleanSupplier dropOldest = () -> false;

    /** Guarded by {@link #lock}. */
    private @Nullable Path folder;

    /** Guarded by {@link #lock}: no folder is made any more. */
    private boolean closed;

    /** An empty space; CDI's client proxy uses it too. */
    public DiskSpace() {
        this(BOUND_BYTES);
    }

    DiskSpace(long bound) {
        this.bound = bound;
    }

    /** A new, empty file. */
    public DiskFile newFile() throws IOException {
        return new DiskFile(this, folder().resolve("f" + names.incrementAndGet()));
    }

    /** Bytes taken at this moment. */
    public long used() {
        return used.get();
    }

    /**
     * Who makes room.
     *
     * @param drop deletes the file that can be spared first; false when there is none. Called with the lock of the file
     *     that grows
     */
    void whenFull(BooleanSupplier drop) {
        dropOldest = drop;
    }

    /** Takes so many bytes, from others if need be, or refuses with {@link GoogleError} 429. */
    void reserve(long bytes) {
        while (used.addAndGet(bytes) > bound) {
            used.addAndGet(-bytes);
            if (bytes > bound || !dropOldest.getAsBoolean()) {
                throw GoogleError.quota("file_storage_bytes", TRY_AGAIN);
            }
        }
    }

    void release(long bytes) {
        used.addAndGet(-bytes);
    }

    /** Deletes the folder. */
    @PreDestroy
    public void close() {
        Path made;
        synchronized (lock) {
            closed = true;
            made = folder;
            folder = null;
        }
        if (made == null) {
            return;
        }
        try (Stream<Path> files = Files.walk(made)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException failure) {
            LOG.log(Level.WARNING, "The simulator's temporary files could not all be deleted: " + made, failure);
        }
    }

    private Path folder() throws IOException {
        synchronized (lock) {
            if (closed) {
                throw new IOException("the application is stopping");
            }
            Path known = folder;
            // Whoever tidies up the system's temporary files may have taken it away.
            if (known == null || !Files.isDirectory(known, LinkOption.NOFOLLOW_LINKS)) {
                known = Files.createTempDirectory("parley-simulator-");
                folder = known;
            }
            return known;
        }
    }
}
