package dev.parley.simulator.files;

import dev.parley.simulator.fault.GoogleError;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** One file of a {@link DiskSpace}, written at its end only. Any thread that may block; one at a time gets through. */
public final class DiskFile implements AutoCloseable {
    private static final Logger LOG = System.getLogger(DiskFile.class.getName());

    private final DiskSpace space;
    private final Path path;
    private final FileChannel channel;
    private long size;
    private boolean deleted;

    DiskFile(DiskSpace space, Path path) throws IOException {
        this.space = space;
        this.path = path;
        this.channel = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    /**
     * Adds bytes at the end.
     *
     * @throws GoogleError 429 when the space is full
     * @throws IOException also when the file was deleted meanwhile
     */
    public synchronized void append(byte[] bytes, int offset, int length) throws IOException {
        if (deleted) {
            throw new IOException("the file was deleted");
        }
        space.reserve(length);
        size += length;
        ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    /**
     * Counts bytes that somebody else is about to write at {@link #path}.
     *
     * @throws GoogleError 429 when the space is full
     */
    public synchronized void grown(long bytes) {
        space.reserve(bytes);
        size += bytes;
    }

    /** Bytes written. */
    public synchronized long size() {
        return size;
    }

    /** Where it lies. */
    public Path path() {
        return path;
    }

    /** Nothing more will be written. */
    public synchronized void complete() throws IOException {
        channel.close();
    }

    /** Deletes it; again does nothing. */
    @Override
    public synchronized void close() {
        if (deleted) {
            return;
        }
        deleted = true;
        space.release(size);
        try {
            channel.close();
            Files.deleteIfExists(path);
        } catch (IOException failure) {
            LOG.log(Level.WARNING, "A temporary file of the simulator could not be deleted: " + path, failure);
        }
    }
}
