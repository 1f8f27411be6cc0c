package dev.parley.shared.stream;

import dev.parley.shared.execution.Cancellation;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CancellationException;

/** Bytes that nobody waits for any more once it is cancelled: a read in progress ends too. One thread. */
public final class CancellableInput extends FilterInputStream {
    private final Cancellation cancellation;
    private final WaitingCalls calls = new WaitingCalls();
    private final Cancellation.Registration ending;

    /** The bytes of {@code in}. */
    public CancellableInput(InputStream in, Cancellation cancellation) {
        super(in);
        this.cancellation = cancellation;
        ending = cancellation.onCancel(calls::end);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    /** As usual, but a {@link CancellationException} once it was cancelled. */
    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        try {
            int count = calls.run(() -> in.read(buffer, offset, length));
            cancellation.check();
            return count;
        } catch (IOException | RuntimeException failure) { // servers tell of an interrupted read in ways of their own
            cancellation.check();
            throw failure;
        }
    }

    /** Leaves the bytes themselves open: they are the container's. */
    @Override
    public void close() {
        ending.close();
    }
}
