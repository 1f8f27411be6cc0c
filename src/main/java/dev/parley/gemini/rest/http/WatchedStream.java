package dev.parley.gemini.rest.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Calls {@code onData} for whatever is read. */
final class WatchedStream extends FilterInputStream {
    private final Runnable onData;

    WatchedStream(InputStream in, Runnable onData) {
        super(in);
        this.onData = onData;
    }

    @Override
    public int read() throws IOException {
        int read = super.read();
        if (read >= 0) {
            onData.run();
        }
        return read;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = super.read(buffer, offset, length);
        if (read > 0) {
            onData.run();
        }
        return read;
    }
}
