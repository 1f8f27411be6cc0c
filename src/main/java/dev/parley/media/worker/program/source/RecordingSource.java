package dev.parley.media.worker.program.source;

import io.humble.video.customio.IURLProtocolHandler;
import java.io.IOException;

/**
 * A recording as FFmpeg reads it. FFmpeg itself opens nothing: it gets bytes through this. Its convention for reads is a
 * count, 0 at the end, −1 for an error. Open until the process ends.
 */
public abstract class RecordingSource implements IURLProtocolHandler {
    static final int END = 0;
    static final int FAILED = -1;

    /** The first bytes, at most {@code most}, without taking them; fewer only when there are no more. */
    public abstract byte[] peek(int most) throws IOException;

    /** Whether the bytes come once, in order, at the speaker's pace. */
    public abstract boolean isLive();

    @Override
    public int close() {
        return 0;
    }

    @Override
    public int open(String name, int flags) {
        return 0;
    }

    @Override
    public int write(byte[] buffer, int size) {
        return FAILED;
    }

    @Override
    public boolean isStreamed(String name, int flags) {
        return isLive();
    }
}
