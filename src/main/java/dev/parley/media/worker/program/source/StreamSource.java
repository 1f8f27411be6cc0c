package dev.parley.media.worker.program.source;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** What comes on standard input, as it comes, in its order. */
public final class StreamSource extends RecordingSource {
    private final InputStream in;
    private final Idle idle;
    private byte[] head = new byte[0];
    private long given;
    private long taken;

    /** Told when everything that has come was made use of. */
    @FunctionalInterface
    public interface Idle {
        /**
         * More has to come before anything can happen.
         *
         * @param taken bytes so far, all of which were looked at
         */
        void waiting(long taken) throws IOException;
    }

    /** Reads nothing yet. */
    public StreamSource(InputStream in, Idle idle) {
        this.in = in;
        this.idle = idle;
    }

    @Override
    public byte[] peek(int most) throws IOException {
        while (given == 0 && head.length < most) {
            byte[] more = new byte[most - head.length];
            int count = take(more, more.length);
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
    public int read(byte[] buffer, int size) {
        try {
            int count = Math.min(size, head.length - (int) Math.min(given, head.length));
            if (count > 0) {
                System.arraycopy(head, (int) given, buffer, 0, count);
            } else {
                count = Math.max(END, take(buffer, size));
            }
            given += count;
            return count;
        } catch (IOException broken) {
            return FAILED;
        }
    }

    /** Not readNBytes, which asks for the position: a pipe has none. */
    private int take(byte[] buffer, int size) throws IOException {
        if (in.available() == 0) {
            idle.waiting(taken);
        }
        int count = in.read(buffer, 0, size);
        taken += Math.max(0, count);
        return count;
    }

    /** Humble tells FFmpeg that every source can be searched. This one cannot. */
    @Override
    public long seek(long offset, int whence) {
        long target = whence == SEEK_SET ? offset : whence == SEEK_CUR ? given + offset : FAILED;
        return target == given ? given : FAILED;
    }
}
