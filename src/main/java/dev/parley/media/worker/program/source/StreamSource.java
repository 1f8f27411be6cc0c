package dev.parley.media.worker.program.source;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** What comes on standard input, as it comes. */
public final class StreamSource extends RecordingSource {
    private final InputStream in;
    private byte[] head = new byte[0];
    private long given;
    private boolean skipping;

    /** Reads nothing yet. */
    public StreamSource(InputStream in) {
        this.in = in;
    }

    @Override
    public byte[] peek(int most) throws IOException {
        while (given == 0 && head.length < most) {
            byte[] more = new byte[most - head.length];
            // Not readNBytes, which asks for the position: a pipe has none.
            int count = in.read(more);
            if (count < 0) {
                break;
            }
            int at = head.length;
            head = Arrays.copyOf(head, at + count);
            System.arraycopy(more, 0, head, at, count);
        }
        return head.clone();
    }

    @Override
    public boolean isLive() {
        return true;
    }

    @Override
    public void allowSkipping(boolean allowed) {
        skipping = allowed;
    }

    @Override
    public int read(byte[] buffer, int size) {
        try {
            int count = Math.min(size, head.length - (int) Math.min(given, head.length));
            if (count > 0) {
                System.arraycopy(head, (int) given, buffer, 0, count);
            } else {
                count = Math.max(END, in.read(buffer, 0, size));
            }
            given += count;
            return count;
        } catch (IOException broken) {
            return FAILED;
        }
    }

    /** Humble tells FFmpeg that every source can be searched. This one can go forward, which MP4 needs. */
    @Override
    public long seek(long offset, int whence) {
        long target = whence == SEEK_SET ? offset : whence == SEEK_CUR ? given + offset : FAILED;
        if (target < given || (target > given && !skipping)) {
            return FAILED;
        }
        byte[] skipped = new byte[8192];
        while (given < target) {
            if (read(skipped, (int) Math.min(skipped.length, target - given)) <= 0) {
                return FAILED;
            }
        }
        return given;
    }
}
