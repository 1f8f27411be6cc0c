package dev.parley.media.worker.program;

import dev.parley.media.worker.launch.WorkerProtocol;
import dev.parley.media.worker.program.source.StreamSource;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * PCM of a live stream in pieces, and marks between them that say how much of the input it was made of ({@link
 * WorkerProtocol#STREAM}). Sent when there is nothing else to do, or much.
 */
final class LiveOutput extends OutputStream implements StreamSource.Idle {
    private static final int BUFFER = 32_768;

    private final DataOutputStream out;
    private long marked;

    LiveOutput(OutputStream out) {
        this.out = new DataOutputStream(new BufferedOutputStream(out, BUFFER));
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        for (int at = 0; at < length; at += WorkerProtocol.MAX_PIECE) {
            int piece = Math.min(WorkerProtocol.MAX_PIECE, length - at);
            out.writeShort(piece);
            out.write(bytes, offset + at, piece);
        }
    }

    @Override
    public void waiting(long taken) throws IOException {
        if (taken > marked) {
            marked = taken;
            out.writeShort(WorkerProtocol.MARK);
            out.writeLong(taken);
        }
        out.flush();
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }
}
