package dev.parley.batch.upload;

import dev.parley.shared.failure.FailureKind;
import dev.parley.shared.failure.ParleyException;
import dev.parley.shared.stream.TimedInput;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;

/**
 * A request's body within its bounds: one byte or one moment too many is a {@link ParleyException}, at once. A client
 * that sends nothing at all is the container's to end, by its read time-out. One thread.
 */
final class BoundedBody extends TimedInput {
    private final long mostBytes;
    private final UploadLimits limits;
    private long count;

    /**
     * A body.
     *
     * @param extraBytes what may come beside the recording itself
     */
    BoundedBody(InputStream in, UploadLimits limits, long extraBytes, Clock clock) {
        super(in, clock, limits.longestTime(), () -> tooLate(limits));
        this.limits = limits;
        this.mostBytes = limits.mostBytes() + extraBytes;
    }

    private static ParleyException tooLate(UploadLimits limits) {
        return new ParleyException(
                FailureKind.TIME_LIMIT,
                "The recording did not arrive within " + limits.longestTime().toSeconds()
                        + " seconds. Try a faster connection or a shorter recording.");
    }

    /** The failure for a recording that is too large. */
    static ParleyException tooLarge(UploadLimits limits) {
        return new ParleyException(
                FailureKind.TOO_LARGE,
                "A recording may have " + limits.mostBytes() + " bytes here. Send a shorter or a compressed one, or ask"
                        + " whoever runs this server for more (parley.batch.max-bytes).");
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = super.read(buffer, offset, length);
        if (read > 0) {
            count += read;
        }
        if (count > mostBytes) {
            throw tooLarge(limits);
        }
        return read;
    }
}
