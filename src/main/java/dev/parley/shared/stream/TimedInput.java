package dev.parley.shared.stream;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * Bytes that have to be there in time, however many come. A sender of nothing at all is the container's to end, by its
 * read time-out. One thread.
 */
public class TimedInput extends FilterInputStream {
    private final Clock clock;
    private final Instant deadline;
    private final Supplier<? extends RuntimeException> late;

    /** From now on so long; bytes that come later are {@code late} instead. */
    public TimedInput(InputStream in, Clock clock, Duration longest, Supplier<? extends RuntimeException> late) {
        super(in);
        this.clock = clock;
        this.late = late;
        deadline = clock.instant().plus(longest);
    }

    @Override
    public final int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int count = super.read(buffer, offset, length);
        if (count >= 0 && clock.instant().isAfter(deadline)) {
            throw late.get();
        }
        return count;
    }
}
