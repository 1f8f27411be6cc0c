package dev.parley.simulator.rest;

import dev.parley.simulator.fault.GoogleError;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * A body that has to be there in time, however many of its bytes come; {@link GoogleError} 504 otherwise. A client that
 * sends nothing at all is the container's to end, by its read time-out. One thread.
 */
final class TimedBody extends FilterInputStream {
    private final Clock clock;
    private final Instant deadline;

    TimedBody(InputStream in, Clock clock, Duration longest) {
        super(in);
        this.clock = clock;
        deadline = clock.instant().plus(longest);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int count = super.read(buffer, offset, length);
        if (count >= 0 && clock.instant().isAfter(deadline)) {
            throw GoogleError.deadline();
        }
        return count;
    }
}
