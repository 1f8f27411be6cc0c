package dev.parley.media.worker.program.source;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.util.Arrays;

/** A file, which can be read in any order: an MP4 may have its table of contents at the end. */
public final class FileSource extends RecordingSource {
    private final RandomAccessFile file;

    /** Opens the file. */
    public FileSource(String path) throws IOException {
        file = new RandomAccessFile(path, "r");
    }

    @Override
    public byte[] peek(int most) throws IOException {
        long at = file.getFilePointer();
        byte[] head = new byte[most];
        int length = 0;
        for (int count = 0; count >= 0 && length < most; count = file.read(head, length, most - length)) {
            length += count;
        }
        file.seek(at);
        return Arrays.copyOf(head, length);
    }

    @Override
    public boolean isLive() {
        return false;
    }

    @Override
    public int read(byte[] buffer, int size) {
        try {
            return Math.max(END, file.read(buffer, 0, size));
        } catch (IOException broken) {
            return FAILED;
        }
    }

    @Override
    public long seek(long offset, int whence) {
        try {
            long target =
                    switch (whence) {
                        case SEEK_SET -> offset;
                        case SEEK_CUR -> file.getFilePointer() + offset;
                        case SEEK_END -> file.length() + offset;
                        case SEEK_SIZE -> -1;
                        default -> FAILED;
                    };
            if (whence == SEEK_SIZE) {
                return file.length();
            }
            if (target < 0) {
                return FAILED;
            }
            file.seek(target);
            return target;
        } catch (IOException broken) {
            return FAILED;
        }
    }
}
