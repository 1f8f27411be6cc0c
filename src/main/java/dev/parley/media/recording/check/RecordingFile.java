package dev.parley.media.recording.check;

import dev.parley.shared.execution.Cancellation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Bytes of a recording, wherever they are wanted, until its preparing is cancelled. */
public final class RecordingFile implements AutoCloseable {
    private final FileChannel channel;
    private final long size;
    private final Cancellation cancellation;

    /** Opens the file. */
    public RecordingFile(Path path, Cancellation cancellation) throws IOException {
        channel = FileChannel.open(path, StandardOpenOption.READ);
        size = channel.size();
        this.cancellation = cancellation;
    }

    /** Bytes of the whole file. */
    public long size() {
        return size;
    }

    /**
     * As many of these bytes as there are, in a buffer of their own, big-endian.
     *
     * @throws java.util.concurrent.CancellationException when it was cancelled
     */
    public ByteBuffer read(long position, int length) {
        cancellation.check();
        ByteBuffer bytes = ByteBuffer.allocate(length);
        try {
            long at = Math.max(0, position);
            while (bytes.hasRemaining()) {
                int count = channel.read(bytes, at);
                if (count < 0) {
                    break;
                }
                at += count;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.flip();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
