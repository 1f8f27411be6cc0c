package dev.parley.media.worker.launch;

import java.io.IOException;
import java.util.Optional;

/** Starts workers. Any thread. */
public interface WorkerLauncher extends AutoCloseable {
    /** Completes "cannot be decoded on this server: …" when no worker can ever run here; does not wait. */
    Optional<String> missing();

    /**
     * Starts one; waits, the first time for seconds.
     *
     * @throws IOException when the process cannot be started, or what it needs not be unpacked
     */
    WorkerProcess launch() throws IOException;

    /** Removes what was unpacked; every worker has ended. */
    @Override
    void close();
}
